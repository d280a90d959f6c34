"""What the records say beyond their form: one rule a file, named for the offence."""

from __future__ import annotations

from kb_gen.validate.content import Content, Rule
from kb_gen.validate.facts import Facts, in_records_order, record_facts
from kb_gen.validate.handwritten_pages import validate_pages
from kb_gen.validate.kept_checks import checks_name, keep_checks, prune_checks, recall_checks
from kb_gen.validate.placing import colliding_addresses, placing_errors
from kb_gen.validate.rules import GLOBAL, LOCAL, RULES
from kb_gen.validate.running import Checked, validate, validate_global, validate_local, validate_shard
from kb_gen.validate.suggestions import meant

__all__ = [
    "GLOBAL",
    "LOCAL",
    "RULES",
    "Checked",
    "Content",
    "Facts",
    "Rule",
    "checks_name",
    "colliding_addresses",
    "in_records_order",
    "keep_checks",
    "meant",
    "placing_errors",
    "prune_checks",
    "recall_checks",
    "record_facts",
    "validate",
    "validate_global",
    "validate_local",
    "validate_pages",
    "validate_shard",
]
