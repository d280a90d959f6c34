"""The rules, in no particular order: findings are sorted by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb_gen.validate import (
    control_character,
    duplicate_variant,
    empty_text,
    invalid_former,
    message_problem,
    misplaced_record,
    raw_html,
    step_content,
    title_too_long,
    undescribed_parameter,
    unknown_parameter,
    unknown_product,
    unknown_shell,
    unknown_snippet,
    unknown_source,
    unknown_version,
    unsafe_link,
    unsupported_markup,
)
from kb_gen.validate.address_collision import address_collision
from kb_gen.validate.content import Rule, Screen
from kb_gen.validate.duplicate_identity import duplicate_identity
from kb_gen.validate.redundant_related import redundant_related
from kb_gen.validate.snippet_cycle import snippet_cycle
from kb_gen.validate.unknown_event import unknown_event
from kb_gen.validate.unused_snippet import unused_snippet

__all__ = ["GLOBAL", "LOCAL", "RULES", "LocalRule"]


class LocalRule(NamedTuple):
    """A rule that needs one record at a time, or one shared text.

    Attributes:
        rule: the rule.
        screen: tells the records of which the rule has nothing to say. It is a part of the rule, and looks at all
            that the rule looks at.
    """

    rule: Rule
    screen: Screen


LOCAL: Sequence[LocalRule] = (
    LocalRule(unknown_product.unknown_product, unknown_product.screen),
    LocalRule(unknown_version.unknown_version, unknown_version.screen),
    LocalRule(duplicate_variant.duplicate_variant, duplicate_variant.screen),
    LocalRule(unknown_source.unknown_source, unknown_source.screen),
    LocalRule(unknown_parameter.unknown_parameter, unknown_parameter.screen),
    LocalRule(undescribed_parameter.undescribed_parameter, undescribed_parameter.screen),
    LocalRule(message_problem.message_problem, message_problem.screen),
    LocalRule(unknown_shell.unknown_shell, unknown_shell.screen),
    LocalRule(unknown_snippet.unknown_snippet, unknown_snippet.screen),
    LocalRule(step_content.step_content, step_content.screen),
    LocalRule(unsafe_link.unsafe_link, unsafe_link.screen),
    LocalRule(raw_html.raw_html, raw_html.screen),
    LocalRule(unsupported_markup.unsupported_markup, unsupported_markup.screen),
    LocalRule(control_character.control_character, control_character.screen),
    LocalRule(empty_text.empty_text, empty_text.screen),
    LocalRule(title_too_long.title_too_long, title_too_long.screen),
    LocalRule(misplaced_record.misplaced_record, misplaced_record.screen),
    LocalRule(invalid_former.invalid_former, invalid_former.screen),
)
"""What is wrong with a record whatever the others say: with it, products, categories and snippets are known."""

GLOBAL: Sequence[Rule] = (
    duplicate_identity,
    unknown_event,
    redundant_related,
    snippet_cycle,
    unused_snippet,
    address_collision,
)
"""What is wrong with records as seen beside one another, and with what they share."""

RULES: Sequence[Rule] = (*(each.rule for each in LOCAL), *GLOBAL)
