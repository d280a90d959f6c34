"""What can be wrong with a translation: a rule a file, each named for the offence."""

from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.project import ReadAll, check, read_catalogs
from kb_gen.locales.checks.running import CHECKS, check_pair, read_catalog

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Pair",
    "PairKind",
    "ReadAll",
    "check",
    "check_pair",
    "read_catalog",
    "read_catalogs",
]
