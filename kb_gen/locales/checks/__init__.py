"""What can be wrong with a translation: a rule a file, each named for the offence."""

from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.running import CHECKS, CatalogCheck, check, check_catalog, check_pair

__all__ = [
    "CHECKS",
    "CatalogCheck",
    "Check",
    "Finding",
    "Pair",
    "PairKind",
    "check",
    "check_catalog",
    "check_pair",
]
