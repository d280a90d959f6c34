"""Real catalogs: every template prints back as it was, and the few odd ones are the ones known to be odd."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb_gen.messages import Insertion, ProblemKind, fill, parse
from kb_gen.messages.recognition import TemplateIndex, messages_in, template_parts
from kb_gen.model import MessageSyntax

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def corpora() -> Path:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2].parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; KB_GEN_CORPORA names their folder")
    return folder


def errmsg_templates(path: Path) -> Iterator[tuple[str, str, str]]:
    """Symbol, language and template of each text in MariaDB's errmsg file; two of its lines lack the closing quote."""
    symbol = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if named := re.match(r"[A-Z][A-Z0-9_]*\b", line):
            symbol = named[0]
        elif text := re.match(r'\s+([a-z-]+)\s+"(.*?)"?\s*$', line):
            yield symbol, text[1], text[2]


def message_file_templates(path: Path, encoding: str) -> list[str]:
    """The texts of a message text file: from a Language line to a line with a single period."""
    text = path.read_text(encoding=encoding)
    return re.findall(r"^Language=\w+[ \t]*\n(.*?)^\.[ \t]*$", text, re.MULTILINE | re.DOTALL)


def test_mariadb_templates_print_back(corpora: Path) -> None:
    templates = list(errmsg_templates(corpora / "mariadb" / "errmsg-utf8.txt"))
    assert len({symbol for symbol, _, _ in templates}) > 1_200
    assert len([language for _, language, _ in templates if language == "ger"]) == 656
    odd = []
    for symbol, language, text in templates:
        template = parse(text, MessageSyntax.PRINTF)
        assert str(template) == text
        odd += [(symbol, language, problem.kind, problem.source) for problem in template.problems]
    # A Spanish translator lost the quote's place: "La columna %'s con AUTO_INCREMENT …".
    assert [problem[1:] for problem in odd] == [("spa", ProblemKind.UNKNOWN_SEQUENCE, "%'s")]


def test_mariadb_duplicate_entry_takes_value_and_key(corpora: Path) -> None:
    texts = {
        language: text
        for symbol, language, text in errmsg_templates(corpora / "mariadb" / "errmsg-utf8.txt")
        if symbol == "ER_DUP_ENTRY"
    }
    for language in ("eng", "ger"):
        assert parse(texts[language], MessageSyntax.PRINTF).insertions == (
            Insertion(1, "%-.192T", "-.192T"),
            Insertion(2, "%d", "d"),
        )
    english = parse(texts["eng"], MessageSyntax.PRINTF)
    assert fill(english, {1: "42", 2: "1"}) == "Duplicate entry '42' for key 1"


@pytest.mark.parametrize(
    ("name", "encoding", "least"),
    [
        ("devolutions/devolutions-agent.mc", "utf-8", 57),
        ("reactos/errcodes.mc", "utf-8", 2_188),
        ("reactos/de-DE.mc", "cp1252", 2_182),
        ("reactos/evtmsgstr.mc", "ascii", 65_536),
    ],
)
def test_message_files_print_back(corpora: Path, name: str, encoding: str, least: int) -> None:
    texts = message_file_templates(corpora / name, encoding)
    assert len(texts) >= least
    for text in set(texts):
        template = parse(text, MessageSyntax.FORMATMESSAGE)
        assert str(template) == text
        assert template.display_parts()


def test_devolutions_templates_have_nothing_odd(corpora: Path) -> None:
    templates = [
        parse(text, MessageSyntax.FORMATMESSAGE)
        for text in message_file_templates(corpora / "devolutions" / "devolutions-agent.mc", "utf-8")
    ]
    assert not [problem for template in templates for problem in template.problems]
    assert max(number for template in templates for number in template.numbers) == 11


@pytest.mark.parametrize(("name", "encoding"), [("errcodes.mc", "utf-8"), ("de-DE.mc", "cp1252")])
def test_reactos_oddities_are_the_systems_printf_templates(corpora: Path, name: str, encoding: str) -> None:
    """Some system errors are raised with printf templates (`%hs`, `0x%08lx`) in a table of FormatMessage's syntax."""
    odd = [
        problem.kind if problem.kind is ProblemKind.TEXT_BEHIND_END else problem.source
        for text in message_file_templates(corpora / "reactos" / name, encoding)
        for problem in parse(text, MessageSyntax.FORMATMESSAGE).problems
    ]
    assert set(odd) == {"%h", "%s", "%l", "%w", ProblemKind.TEXT_BEHIND_END}


def test_lines_of_mariadb_lead_to_their_errors_in_both_languages(corpora: Path) -> None:
    texts = [
        (symbol, parse(text, MessageSyntax.PRINTF))
        for symbol, language, text in errmsg_templates(corpora / "mariadb" / "errmsg-utf8.txt")
        if language in {"eng", "ger"}
    ]
    symbols = list(dict.fromkeys(symbol for symbol, _ in texts))
    index = TemplateIndex.of([(symbols.index(symbol), template_parts(template)) for symbol, template in texts])
    generator = random.Random(7)
    lines = right = 0
    wrong_values = []
    for symbol, template in texts:
        values = {number: f"v{generator.randint(100, 9_999_999)}" for number in template.numbers}
        prefix = generator.choice(("", "2026-05-01  3:12:44 0 [ERROR] ", "2026-05-01T03:12:44.123Z db1 mysqld[812]: "))
        found = messages_in(index, prefix + fill(template, values))
        best = [symbols[message.owner] for message in found if message.score == found[0].score]
        lines += 1
        if symbol not in best:
            continue
        right += 1
        shown = found[best.index(symbol)].values
        if any(value.text != values[value.number] for value in shown):
            wrong_values.append((str(template), shown))
    assert lines == 1874
    # The others say nothing (`%s`) or next to nothing (`Table`, `NO`).
    assert right / lines > 0.99
    # Between `%s%s`, nobody can say where one value ends.
    assert [template for template, _ in wrong_values if not re.search(r"%[-.0-9]*[a-zA-Z]%", template)] == []
