"""What goes out comes back, whatever it is made of: nothing is lost in any form of file."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_projects import HEADER, emptied, entries_of, sent, taken, write_entries
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb_gen.locales.exchange import Format
from kb_gen.locales.exchange.formulas import guarded, unguarded
from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText, read_po_file, write_po

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "po"
FORMS = [*Format]
# What files, cells and tags could stumble over.
MARKUP = (
    "%1 %% {name} `a` `` ` **b** *c* * [d](https://e.org/?a=1&b=2) ]( <x> &lt; ]]> event:Shop/7 <https://e.org> \\* \\"
)
SIGNS = "\" ' =1+1 + - @ , ; _x0041_ _x005F_x0041_ _x ä 日本 \U0001f600 שלום"
SPACES = ["\t", "\n", "\r", "\r\n", " ", "\x85", "\u2028", "\ufeff", "\x01", "\x1f", "\x7f", "\ufffe", "\uffff"]
ODD = st.sampled_from([*MARKUP.split(" "), *SIGNS.split(" "), *SPACES])
TEXTS = st.lists(
    ODD | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5), max_size=8
).map("".join)
# A catalog keeps contexts and texts apart with this character.
SOURCES = TEXTS.map(lambda text: text.replace("\x04", "")).filter(bool)
WORDS = st.text("abcäß ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def entries(draw: st.DrawFn) -> tuple[PoEntry, ...]:
    found: dict[Key, PoEntry] = {}
    for _ in range(draw(st.integers(1, 4))):
        plural = draw(st.none() | SOURCES)
        entry = PoEntry(
            draw(SOURCES),
            tuple(draw(st.lists(TEXTS, min_size=1 if plural is None else 2, max_size=1 if plural is None else 2))),
            context=draw(st.none() | WORDS | st.just("message template")),
            msgid_plural=plural,
            comments=tuple(f" {word}" for word in draw(st.lists(WORDS, max_size=2, unique=True))),
            extracted=tuple(draw(st.lists(WORDS | TEXTS.map(lambda text: " ".join(text.split())), max_size=2))),
            flags=draw(st.sampled_from([(), ("fuzzy",)])),
            previous=draw(st.none() | st.builds(PreviousText, SOURCES)),
        )
        found.setdefault(entry.key, entry)
    return tuple(found.values())


def _holdable(entries: tuple[PoEntry, ...], form: Format) -> tuple[PoEntry, ...]:
    """Entries that a form of file can hold; which those are, is tested elsewhere."""
    if form is not Format.XLSX:
        return entries
    ambiguous = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
    told = [(entry, (entry.msgid, entry.msgid_plural or "", *entry.msgstr)) for entry in entries]
    return tuple(entry for entry, texts in told if not any(map(ambiguous.search, texts))) or (
        PoEntry("one", ("eins",)),
    )


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> Format:
    return Format(request.param)


@settings(max_examples=30, deadline=None)
@given(before=entries())
@example(before=(PoEntry("a", ("\x01`\x02` [\x03](https://e.org/\x04x)",)), PoEntry("b_x0041_", ("_x005F_x0041_",))))
def test_what_an_empty_catalog_gets_back_is_what_went_out(form: Format, before: tuple[PoEntry, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        before = _holdable(before, form)
        write_entries(root, before)
        file = sent(root, form)
        write_entries(root, [emptied(entry) for entry in before])
        report = taken(root, file)
        after = entries_of(root)
    assert [entry.msgstr for entry in after] == [entry.msgstr for entry in before]
    # What has an error in it comes back for review, everything else as it was.
    noted = {refusal.address.entry.key for refusal in report.files[0].refusals if refusal.address}
    for old, new in zip(before, after, strict=True):
        if any(old.msgstr) and old.key not in noted:
            assert new.fuzzy == old.fuzzy
            assert set(new.comments) == set(old.comments)
    assert all(refusal.taken for refusal in report.files[0].refusals)


@settings(max_examples=25, deadline=None)
@given(before=entries())
def test_a_file_that_nobody_changed_changes_no_byte(form: Format, before: tuple[PoEntry, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        catalog = write_entries(root, _holdable(before, form))
        content = catalog.read_bytes()
        report = taken(root, sent(root, form))
        assert catalog.read_bytes() == content
    assert report.clean
    assert report.catalogs == ()


@given(TEXTS)
@example("'=1+1")
@example("''")
@example(" \u3000=A1")
def test_a_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["cups_de", "wine_de"])
def test_real_catalogs_lose_no_byte(form: Format, name: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    file = tmp_path / f"translations/de/LC_MESSAGES/{name}.po"
    file.parent.mkdir(parents=True)
    shutil.copy(CORPORA / f"{name}.po", file)
    before, _ = read_po_file(CORPORA, f"{name}.po")
    assert before is not None
    out = sent(tmp_path, form)
    assert taken(tmp_path, out).clean
    assert file.read_bytes() == (CORPORA / f"{name}.po").read_bytes()
    file.write_bytes(write_po(replace(before, entries=tuple([emptied(entry) for entry in before.entries]))))
    report = taken(tmp_path, out)
    after = entries_of(tmp_path, name)
    assert [entry.msgstr for entry in after] == [entry.msgstr for entry in before.entries]
    assert all(refusal.code == "import-check-failed" and refusal.taken for refusal in report.files[0].refusals)


def test_the_same_units_give_the_same_bytes(form: Format, tmp_path: Path) -> None:
    write_entries(tmp_path, [PoEntry("one", ("eins",)), PoEntry("two %1", ("",), extracted=("summary of Shop 1",))])
    first = sent(tmp_path, form).read_bytes()
    assert sent(tmp_path, form).read_bytes() == first


def test_every_form_has_its_languages_plurals(form: Format, tmp_path: Path) -> None:
    polish = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    header = replace(
        HEADER, msgstr=(f"Language: pl\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {polish}\n",)
    )
    entry = PoEntry("{count} event", ("{count} zdarzenie", "{count} zdarzenia", ""), msgid_plural="{count} events")
    file = tmp_path / "translations/pl/LC_MESSAGES/ui.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(write_po(PoFile(header, (entry,))))
    out = sent(tmp_path, form, locale="pl")
    file.write_bytes(write_po(PoFile(header, (emptied(entry),))))
    report = taken(tmp_path, out, locales=("pl",))
    after = entries_of(tmp_path, "ui", "pl")[0]
    assert after.msgstr == entry.msgstr
    # Nobody can be shown an entry without all of its forms.
    assert after.fuzzy
    assert [refusal.code for refusal in report.files[0].refusals] == ["import-incomplete"]
