"""Commands are coloured as Pygments colours them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name

from kb_gen.document import Chip
from kb_gen.model import SHELLS
from kb_gen.render.html.code import code_html
from kb_gen.render.html.lexing import tokens

# `jsp` and `html` have ways of their own; the others show most of what rules can say.
LEXERS = (*sorted(set(SHELLS.values())), "c", "jsp", "html", "json", "yaml", "perl", "ini", "console")
_PIECES = (
    *("Get-Mailbox ", "-Identity ", "$_.Name ", "where {", "} ", "| ", "if ", "for /f %%i in (", ") do ", "@echo "),
    *("SELECT ", "FROM dbo.Table ", "'text' ", '"text $x" ', "'", '"', "`", "<#", "#>", "# comment", "-- comment"),
    *("\n", "\n\n", "\r\n", "\t", "  ", "\\", "\\\n", "0x1F ", "12.5 ", "&& ", "<b>&amp;", "é ", "${HOME} ", "$("),
    *("h ", "HIS", "ls ", "Write-Host ", "while", "-NOTlike ", "\u017felect ", "\u212aill ", "set", "-", "x ", "Stop-"),
    *("((1+2))", "rem x\n", ":label\n", "goto label", "%PATH% ", "!x! ", "<<EOF\ntext\nEOF\n", "/* ", "*/", '"""'),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)


def lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False)


@pytest.mark.parametrize("name", LEXERS)
@settings(max_examples=60, deadline=None)
@given(text=_TEXTS)
def test_tokens_and_elements_are_those_of_pygments(name: str, text: str) -> None:
    assert list(tokens(lexer(name), text)) == list(lexer(name).get_tokens(text))
    expected = highlight(text, lexer(name), HtmlFormatter(nowrap=True)).rstrip("\n")
    assert code_html((text,), name) == expected


def test_the_first_commands_of_a_language_look_like_all_others() -> None:
    texts = [f"for /f %%i in (list{number}) do @echo %PATH% & rem x" for number in range(20)]
    shown = {code_html((text,), "batch").replace(f"list{number}", "list") for number, text in enumerate(texts)}
    assert len(shown) == 1


def test_every_lexer_of_pygments_gives_its_own_tokens() -> None:
    text = Path(__file__).read_text("utf-8")[:1200]
    names = [aliases[0] for _, aliases, _, _ in get_all_lexers() if aliases][::12]
    assert len(names) > 30
    different = [name for name in names if list(tokens(lexer(name), text)) != list(lexer(name).get_tokens(text))]
    assert different == []


def test_a_chip_is_an_element_in_the_code() -> None:
    html = code_html(("Get-Mailbox ", Chip(1, "name", "en", "x"), " | fl"), "powershell")
    assert '<span class="kb-slot" data-parameter="1" lang="en" data-example="x">&lt;name&gt;</span>' in html
