from __future__ import annotations

from kb_gen.messages.syntaxes import PARSERS
from kb_gen.model import MessageSyntax


def test_records_can_name_exactly_the_syntaxes_that_have_a_parser() -> None:
    assert set(PARSERS) == set(MessageSyntax)
