from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales.po import PreviousText, offset_in, read_lookup, read_po, read_po_text, write_po
from kb_gen.locales.po.reading import decode_po

FULL = """# Header comment
msgid ""
msgstr "Language: de\\n"

# by the translator
#. by extraction
#: content/a.yml \u2068content/b c.yml\u2069
#, fuzzy, qt-format
#| msgctxt "old"
#| msgid "Was %1"
msgctxt "new"
msgid "Is "
"%1"
msgstr "Ist %1"

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "{count} Tag"
msgstr[1] "{count} Tage"

# kept
#~ msgid "Gone"
#~ msgstr "Weg"

# the end
"""


def codes(findings: list[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


def test_everything_about_an_entry_is_read() -> None:
    catalog, findings = read_po(FULL, "de.po")
    assert not findings
    assert catalog.fields == {"Language": "de"}
    first, plural = catalog.entries
    assert (first.context, first.msgid, first.msgstr) == ("new", "Is %1", ("Ist %1",))
    assert first.comments == (" by the translator",)
    assert first.extracted == ("by extraction",)
    assert first.references == ("content/a.yml", "content/b c.yml")
    assert first.flags == ("fuzzy", "qt-format")
    assert first.previous == PreviousText("Was %1", None, "old")
    assert (plural.msgid_plural, plural.msgstr) == ("{count} days", ("{count} Tag", "{count} Tage"))
    assert [(entry.msgid, entry.comments) for entry in catalog.obsolete] == [("Gone", (" kept",))]
    assert catalog.trailer == ("# the end",)


def test_what_was_read_is_written_as_it_was() -> None:
    catalog, _ = read_po(FULL, "de.po")
    assert write_po(catalog).decode() == FULL


def test_windows_line_ends_are_accepted_and_kept() -> None:
    text = FULL.replace("\n", "\r\n")
    catalog, findings = read_po(text, "de.po")
    assert not findings
    assert write_po(catalog).decode() == text
    assert read_lookup(text, "de.po")[0] == read_lookup(FULL, "de.po")[0]


def test_places_point_at_the_strings() -> None:
    catalog, _ = read_po(FULL, "de.po")
    entry = catalog.entries[0]
    start, end = entry.msgid_at
    assert FULL[start:end] == '"Is "\n"%1"'
    assert FULL[slice(*entry.msgstr_at[0])] == '"Ist %1"'
    assert FULL[slice(*catalog.obsolete[0].msgid_at)] == '"Gone"'


def test_an_offset_in_a_string_is_found_in_the_file() -> None:
    text = 'msgid "x"\nmsgstr ""\n"a\\"b\\n"\n"cd"\n'
    start = text.index('""')
    assert [text[offset_in(text, start, index)] for index in (0, 1, 2, 3, 4, 5)] == ["a", "\\", "b", "\\", "c", "d"]
    assert offset_in(text, start, 6) == text.rindex('"')


@pytest.mark.parametrize(
    ("body", "code", "marked"),
    [
        ('msgid "a"\nmsgstr "b\n', "catalog-unterminated-string", '"b'),
        ('msgid "a"\nmsgstr "b\\q"\n', "catalog-bad-escape", "\\q"),
        ('msgid "a"\nmsgstr "b" c\n', "catalog-unterminated-string", '"b" c'),
        ('msgid "a"\nmsgstr b\n', "catalog-syntax", "msgstr b"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "catalog-syntax", 'msgid "a"'),
        ('msgstr "b"\n', "catalog-syntax", 'msgstr "b"'),
        ('"b"\n', "catalog-syntax", '"b"'),
        ("nonsense\n", "catalog-syntax", "nonsense"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\n', "catalog-syntax", 'msgstr[1] "b"'),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr "b"\n', "catalog-syntax", 'msgstr "b"'),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_there(body: str, code: str, marked: str) -> None:
    text = f'{body}\nmsgid "good"\nmsgstr "gut"\n'
    catalog, findings = read_po(text, "de.po")
    assert codes(findings) == [code]
    assert all(finding.help for finding in findings)
    place = findings[0].place
    assert place is not None
    assert text[place.start : place.end] == marked
    assert "gut" in [entry.msgstr[0] for entry in catalog.entries]
    lookup, again = read_lookup(text, "de.po")
    assert again == findings
    assert lookup.texts["good"] == "gut"


def test_a_broken_previous_text_is_named_where_comments_matter() -> None:
    text = '#| nothing\nmsgid "a"\nmsgstr "b"\n'
    _, findings = read_po(text, "de.po")
    assert codes(findings) == ["catalog-syntax"]
    assert all(finding.help for finding in findings)
    assert findings[0].place is not None
    assert text[findings[0].place.start : findings[0].place.end] == "nothing"
    assert read_lookup(text, "de.po")[0].texts == {"a": "b"}


def test_a_duplicate_names_both_places_and_the_first_counts() -> None:
    text = 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'
    lookup, findings = read_lookup(text, "de.po")
    assert codes(findings) == ["catalog-duplicate-message"]
    assert findings[0].related[0].start == text.index('"a"')
    assert lookup.texts == {"a": "b"}


def test_equal_texts_with_other_contexts_are_no_duplicates() -> None:
    text = 'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'
    lookup, findings = read_lookup(text, "de.po")
    assert not findings
    assert lookup.texts == {"x\x04a": "b", "a": "c"}


def test_a_merge_conflict_is_one_finding_and_hides_nothing_else() -> None:
    text = (
        'msgid "before"\nmsgstr "vorher"\n\nmsgid "cut"\n<<<<<<< HEAD\nmsgstr "eins"\n=======\nmsgstr "zwei"\n'
        '>>>>>>> other\n"rest"\n\nmsgid "after"\nmsgstr "nachher"\n'
    )
    lookup, findings = read_lookup(text, "de.po")
    assert codes(findings) == ["catalog-merge-conflict"]
    assert lookup.texts == {"before": "vorher", "after": "nachher"}


def test_a_conflict_without_an_end_is_told() -> None:
    _, findings = read_po('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', "de.po")
    assert codes(findings) == ["catalog-merge-conflict", "catalog-merge-conflict"]
    assert all(finding.help for finding in findings)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "# only a comment\n"])
def test_files_without_entries_are_fine(text: str) -> None:
    assert read_po(text, "de.po")[1] == []
    assert read_lookup(text, "de.po")[1] == []


def test_a_fuzzy_flag_of_an_obsolete_entry_is_not_the_next_entrys() -> None:
    text = '#, fuzzy\n#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    lookup, _ = read_lookup(text, "de.po")
    assert lookup.texts == {"c": "d"}
    assert not lookup.outdated


def test_octal_and_hexadecimal_escapes_are_read() -> None:
    lookup, findings = read_lookup('msgid "a"\nmsgstr "\\101\\x42\\a"\n', "de.po")
    assert not findings
    assert lookup.texts == {"a": "AB\a"}


def test_a_byte_order_mark_is_an_error_and_no_part_of_the_text() -> None:
    text, findings = decode_po(b'\xef\xbb\xbfmsgid "a"', "de.po")
    assert text == 'msgid "a"'
    assert codes(findings) == ["catalog-byte-order-mark"]


def test_what_is_not_utf_8_has_no_text(tmp_path: Path) -> None:
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "\xe4"\n'
    (tmp_path / "de.po").write_bytes(data)
    text, findings = read_po_text(tmp_path, "de.po")
    assert text is None
    assert codes(findings) == ["catalog-not-utf-8"]
    assert "ISO-8859-1" in findings[0].message
    assert findings[0].place is not None
    assert findings[0].place.start == data.index(b"\xe4")


def test_no_file_outside_the_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "outside.po").write_text('msgid "a"\nmsgstr "b"\n')
    root = tmp_path / "project"
    root.mkdir()
    (root / "de.po").symlink_to(tmp_path / "outside.po")
    findings = [*read_po_text(root, "de.po")[1], *read_po_text(root, "missing.po")[1]]
    assert codes(findings) == ["outside-tree", "unreadable-file"]
    assert all(finding.help for finding in findings)
