"""What the records say beyond their form: one rule a file, named for the offence."""

from __future__ import annotations

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import Loaded
from kb_gen.validate.content import Content, Rule
from kb_gen.validate.rules import RULES

__all__ = ["RULES", "Content", "Rule", "validate"]


def validate(loaded: Loaded) -> list[Diagnostic]:
    """Everything that is wrong with content that could be loaded, in order of place.

    What was wrong with its form is told by `loaded.diagnostics`; nothing is told twice.
    """
    content = Content(loaded)
    return in_order(finding for rule in RULES for finding in rule(content))
