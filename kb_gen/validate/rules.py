"""The rules, in no particular order: findings are sorted by place."""

from __future__ import annotations

from collections.abc import Sequence

from kb_gen.validate.address_collision import address_collision
from kb_gen.validate.content import Rule
from kb_gen.validate.control_character import control_character
from kb_gen.validate.duplicate_identity import duplicate_identity
from kb_gen.validate.duplicate_variant import duplicate_variant
from kb_gen.validate.empty_text import empty_text
from kb_gen.validate.invalid_former import invalid_former
from kb_gen.validate.message_problem import message_problem
from kb_gen.validate.misplaced_record import misplaced_record
from kb_gen.validate.raw_html import raw_html
from kb_gen.validate.redundant_related import redundant_related
from kb_gen.validate.snippet_cycle import snippet_cycle
from kb_gen.validate.step_content import step_content
from kb_gen.validate.title_too_long import title_too_long
from kb_gen.validate.undescribed_parameter import undescribed_parameter
from kb_gen.validate.unknown_event import unknown_event
from kb_gen.validate.unknown_parameter import unknown_parameter
from kb_gen.validate.unknown_product import unknown_product
from kb_gen.validate.unknown_shell import unknown_shell
from kb_gen.validate.unknown_snippet import unknown_snippet
from kb_gen.validate.unknown_source import unknown_source
from kb_gen.validate.unknown_version import unknown_version
from kb_gen.validate.unsafe_link import unsafe_link
from kb_gen.validate.unsupported_markup import unsupported_markup
from kb_gen.validate.unused_snippet import unused_snippet

__all__ = ["RULES"]

RULES: Sequence[Rule] = (
    duplicate_identity,
    unknown_product,
    unknown_version,
    duplicate_variant,
    unknown_source,
    unknown_parameter,
    undescribed_parameter,
    message_problem,
    unknown_event,
    redundant_related,
    unknown_shell,
    unknown_snippet,
    snippet_cycle,
    unused_snippet,
    step_content,
    unsafe_link,
    raw_html,
    unsupported_markup,
    control_character,
    empty_text,
    title_too_long,
    misplaced_record,
    invalid_former,
    address_collision,
)
