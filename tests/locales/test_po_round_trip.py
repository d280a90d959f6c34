"""The reader and writer agree with Babel's and with msgfmt, and the fast reader with the careful one."""

from __future__ import annotations

import gettext
import io
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as read_with_babel
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText, lookup_key, read_lookup, read_po, write_po
from kb_gen.locales.po.strings import escape, quoted_lines, unescape, unquote

SPECIAL = st.sampled_from(
    ['"', "\\", "\n", "\t", "\r", "%1", "ä", "\u2028", "\x85", "#", "~", "msgid", " ", "\x0b", "\\n"]
)
TEXTS = st.lists(SPECIAL | st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=8).map("".join)
# msgfmt refuses a line feed at the beginning or end of only one of msgid and msgstr, and the separator of contexts.
PLAIN = TEXTS.map(lambda text: text.replace("\0", "").replace("\x04", "").strip("\n\r"))
WORDS = st.text("abcäß ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def entries(draw: st.DrawFn, obsolete: bool = False) -> PoEntry:
    msgid = draw(PLAIN.filter(bool))
    plural = draw(st.none() | PLAIN.filter(bool))
    count = 1 if plural is None else 2
    previous = draw(st.none() | st.builds(PreviousText, PLAIN.filter(bool), st.none() | PLAIN, st.none() | PLAIN))
    return PoEntry(
        msgid,
        tuple(draw(st.lists(PLAIN, min_size=count, max_size=count))),
        context=draw(st.none() | WORDS),
        msgid_plural=plural,
        comments=tuple(f" {word}" for word in draw(st.lists(WORDS, max_size=2))),
        extracted=() if obsolete else tuple(draw(st.lists(WORDS, max_size=2))),
        references=() if obsolete else tuple(draw(st.lists(WORDS, max_size=2))),
        flags=tuple(draw(st.sampled_from([(), ("fuzzy",), ("fuzzy", "no-wrap"), ("no-wrap",)]))),
        previous=previous,
        obsolete=obsolete,
    )


@st.composite
def catalogs(draw: st.DrawFn) -> PoFile:
    found: dict[Key, PoEntry] = {}
    for entry in draw(st.lists(entries(), max_size=5)):
        found.setdefault(entry.key, entry)
    obsolete: dict[Key, PoEntry] = {}
    for entry in draw(st.lists(entries(obsolete=True), max_size=2)):
        if entry.key not in found:
            obsolete.setdefault(entry.key, entry)
    header = PoEntry(
        "", ("Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n",)
    )
    return PoFile(header, tuple(found.values()), tuple(obsolete.values()))


@settings(deadline=None)
@given(TEXTS)
def test_a_string_survives_its_quotes(text: str) -> None:
    assert unescape(escape(text)) == text
    assert unquote(quoted_lines(text)) == text


@settings(max_examples=60, deadline=None)
@given(catalogs())
def test_reading_gives_back_what_was_written(catalog: PoFile) -> None:
    written = write_po(catalog).decode()
    again, findings = read_po(written, "de.po")
    assert not findings
    assert again == catalog
    assert write_po(again).decode() == written


@settings(max_examples=60, deadline=None)
@given(catalogs())
def test_entries_taken_apart_are_written_the_same(catalog: PoFile) -> None:
    written = write_po(catalog)
    again, _ = read_po(written.decode(), "de.po")
    assert again.header is not None
    bare = replace(
        again,
        header=replace(again.header, raw="", body=""),
        entries=tuple(replace(entry, raw="", body="") for entry in again.entries),
        obsolete=tuple(replace(entry, raw="", body="") for entry in again.obsolete),
    )
    assert write_po(bare) == written


@settings(max_examples=60, deadline=None)
@given(catalogs())
def test_the_fast_reader_agrees_with_the_careful_one(catalog: PoFile) -> None:
    lookup, findings = read_lookup(write_po(catalog).decode(), "de.po")
    assert not findings
    approved = [entry for entry in catalog.entries if not entry.fuzzy]
    assert lookup.outdated == {lookup_key(entry.context, entry.msgid) for entry in catalog.entries if entry.fuzzy}
    assert lookup.texts == {
        lookup_key(entry.context, entry.msgid): entry.msgstr[0] for entry in approved if entry.msgid_plural is None
    }
    assert lookup.plurals == {
        lookup_key(entry.context, entry.msgid): entry.msgstr for entry in approved if entry.msgid_plural is not None
    }
    assert catalog.header is not None
    assert lookup.header == catalog.header.msgstr[0]


LINES = st.sampled_from(
    [
        'msgid "a"',
        'msgid "b"',
        'msgid ""',
        'msgctxt "c"',
        'msgid_plural "as"',
        'msgstr "x"',
        'msgstr[0] "x"',
        'msgstr[1] "y"',
        '"more"',
        '  "more"',
        '"open',
        '"\\q"',
        "",
        "# note",
        "#, fuzzy",
        '#| msgid "old"',
        "#| nothing",
        '#~ msgid "a"',
        '#~ msgstr "x"',
        '#~ "more"',
        "<<<<<<< ours",
        "=======",
        ">>>>>>> theirs",
        "nonsense",
        "\r",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=12).map("\n".join) | st.text('msgidr "\\\n#~|,<>', max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    catalog, findings = read_po(text, "de.po")
    lookup, again = read_lookup(text, "de.po")
    # Odd comments hide nothing from a reader, so that the fast reader may pass them over.
    assert again in (findings, [])
    keys = {lookup_key(entry.context, entry.msgid) for entry in catalog.entries}
    assert {*lookup.texts, *lookup.plurals, *lookup.outdated} == keys
    assert write_po(read_po(write_po(catalog).decode(), "de.po")[0]) == write_po(catalog)


@settings(max_examples=60, deadline=None)
@given(catalogs())
def test_babel_reads_the_same(catalog: PoFile) -> None:
    # Babel splits lines at every Unicode line end and doesn't know all of C's escapes: such texts are its own affair.
    plain = [entry for entry in catalog.entries if all(map(_known_to_babel, (*_texts(entry), *entry.comments)))]
    data = write_po(replace(catalog, entries=tuple(plain), obsolete=()))
    theirs = read_with_babel(io.BytesIO(data), locale="de")
    for entry in plain:
        message = theirs.get(entry.msgid, context=entry.context)
        assert message is not None
        string = message.string if isinstance(message.string, str) else tuple(message.string)
        assert string == (entry.msgstr[0] if entry.msgid_plural is None else entry.msgstr)
        assert message.fuzzy == entry.fuzzy


def _texts(entry: PoEntry) -> tuple[str, ...]:
    return (entry.msgid, entry.msgid_plural or "", *entry.msgstr)


def _known_to_babel(text: str) -> bool:
    return text.isprintable() or not set(text) - set("\n\täß") - set(map(chr, range(0x20, 0x7F)))


@settings(max_examples=25, deadline=None)
@given(catalogs())
def test_msgfmt_compiles_the_same(catalog: PoFile) -> None:
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, compiled = Path(folder, "de.po"), Path(folder, "de.mo")
        source.write_bytes(write_po(catalog))
        subprocess.run(["msgfmt", "-o", str(compiled), str(source)], check=True, capture_output=True)
        with compiled.open("rb") as file:
            translations = gettext.GNUTranslations(file)
    for entry in catalog.entries:
        if entry.fuzzy or entry.msgid_plural is not None or not entry.msgstr[0]:
            continue
        found = (
            translations.gettext(entry.msgid)
            if entry.context is None
            else translations.pgettext(entry.context, entry.msgid)
        )
        assert found == entry.msgstr[0]
