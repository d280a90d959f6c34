from __future__ import annotations

from kb_gen.messages import Syntax
from kb_gen.messages.syntaxes import PARSERS
from kb_gen.model import MessageSyntax


def test_every_syntax_has_a_parser() -> None:
    assert set(PARSERS) == set(Syntax)


def test_records_can_name_exactly_the_syntaxes_there_are() -> None:
    assert [syntax.value for syntax in Syntax] == [syntax.value for syntax in MessageSyntax]
