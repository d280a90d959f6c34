"""What can be wrong with a translation: a rule a file, each named for the offence."""

from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.project import (
    ReadAll,
    WantedCatalogs,
    check,
    check_waiting,
    gather_catalogs,
    read_catalogs,
    wanted_catalogs,
)
from kb_gen.locales.checks.running import CHECKS, check_pair, checked_catalog, read_catalog

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Pair",
    "PairKind",
    "ReadAll",
    "WantedCatalogs",
    "check",
    "check_pair",
    "check_waiting",
    "checked_catalog",
    "gather_catalogs",
    "read_catalog",
    "read_catalogs",
    "wanted_catalogs",
]
