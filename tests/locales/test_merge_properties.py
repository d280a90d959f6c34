"""Whatever has changed in a template: an update loses nothing, and a second one changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.locales.candidates import Suggestion
from kb_gen.locales.merging import Aids, merge
from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText, read_po, write_po
from kb_gen.locales.slight_changes import Declared

HEADER = PoEntry(
    "", ("Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n",)
)
WORDS = ("open", "the", "log", "of", "%1", "`Get-Log`", "service", "restart", "event:A/1", "10 %", "now")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
COMMENTS = st.lists(st.sampled_from([" mind the tone", " asked Eve", "no blank", ""]), max_size=2, unique=True)

REFERENCES = st.sampled_from([(), ("a.yml",), ("b.yml",), ("a.yml", "b.yml")])


@st.composite
def entries(draw: st.DrawFn, obsolete: bool = False) -> PoEntry:
    plural = draw(st.none() | TEXTS) if draw(st.integers(0, 3)) == 0 else None
    count = 1 if plural is None else draw(st.integers(1, 3))
    fuzzy = draw(st.booleans())
    previous = st.builds(PreviousText, TEXTS, st.none() | TEXTS, st.sampled_from([None, "message template"]))
    return PoEntry(
        draw(TEXTS),
        tuple(draw(st.lists(TEXTS.map(str.upper) | st.just(""), min_size=count, max_size=count))),
        context=draw(st.sampled_from([None, None, "message template", "menu"])),
        msgid_plural=plural,
        comments=tuple(draw(COMMENTS)),
        extracted=() if obsolete else tuple(draw(st.lists(TEXTS, max_size=1))),
        references=() if obsolete else draw(REFERENCES),
        flags=(*(("fuzzy",) if fuzzy else ()), *draw(st.sampled_from([(), ("no-wrap",)]))),
        previous=draw(st.none() | previous) if fuzzy else None,
        obsolete=obsolete,
    )


@st.composite
def catalogs(draw: st.DrawFn) -> PoFile:
    found: dict[Key, PoEntry] = {}
    for entry in draw(st.lists(entries() | entries(obsolete=True), max_size=8)):
        found.setdefault(entry.key, entry)
    used = tuple(entry for entry in found.values() if not entry.obsolete)
    unused = tuple(entry for entry in found.values() if entry.obsolete)
    written = write_po(PoFile(HEADER, used, unused)).decode()
    catalog, findings = read_po(written, "de.po")
    assert not findings
    return catalog


@st.composite
def templates(draw: st.DrawFn, catalog: PoFile) -> PoFile:
    """What a catalog's template may have become: texts kept, changed, dropped, back, with a plural or without, new."""
    found: dict[Key, PoEntry] = {}
    for entry in draw(st.permutations([*catalog.entries, *catalog.obsolete])):
        bare = PoEntry(entry.msgid, ("",), entry.context, entry.msgid_plural, references=entry.references)
        match draw(st.sampled_from(["kept", "kept", "changed", "dropped", "plural", "noted"])):
            case "kept":
                fresh = replace(bare, extracted=entry.extracted)
            case "changed":
                fresh = replace(bare, msgid=f"{entry.msgid} {draw(st.sampled_from(WORDS))}")
            case "plural":
                fresh = replace(bare, msgid_plural=None if entry.msgid_plural else f"{entry.msgid} all")
            case "noted":
                fresh = replace(bare, extracted=("summary of Shop 1",), flags=("qt-format",))
            case _:
                continue
        forms = ("",) if fresh.msgid_plural is None else ("", "")
        found.setdefault(fresh.key, replace(fresh, msgstr=forms))
    for entry in draw(st.lists(entries(), max_size=3)):
        new = PoEntry(entry.msgid, ("",), entry.context, extracted=entry.extracted, references=entry.references)
        found.setdefault(new.key, new)
    return PoFile(HEADER, tuple(found.values()))


class Remembering:
    """A memory that knows one translation of everything."""

    def best(self, domain: str, entry: PoEntry) -> Suggestion | None:
        return Suggestion(("AUS DEM GEDÄCHTNIS",), PreviousText(entry.msgid[:-1]), 90, f"{domain}, said\nsomewhere")


@st.composite
def aids(draw: st.DrawFn, catalog: PoFile, template: PoFile) -> Aids:
    keys = [entry.key for entry in template.entries]
    former = [entry.key for entry in (*catalog.entries, *catalog.obsolete)]
    pairs = draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(former))) if keys and former else {}
    units = draw(st.frozensets(st.sampled_from(keys))) if keys else frozenset()
    free = draw(st.lists(entries(), max_size=2))
    moved = {entry.key: entry for entry in free if entry.translated and not entry.fuzzy}
    memory = Remembering() if draw(st.booleans()) else None
    return Aids("de", "shop", moved, Declared(pairs, units, frozenset({"a.yml"})), memory)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_update_loses_nothing_and_a_second_one_changes_nothing(data: st.DataObject) -> None:
    catalog = data.draw(catalogs())
    template = data.draw(templates(catalog))
    merged = merge(template, catalog, HEADER, data.draw(aids(catalog, template))).catalog
    assert [entry.key for entry in merged.entries] == [entry.key for entry in template.entries]

    after = (*merged.entries, *merged.obsolete)
    kept = {text for entry in after for text in entry.msgstr}
    noted = {comment for entry in after for comment in entry.comments}
    for entry in (*catalog.entries, *catalog.obsolete):
        for text in filter(None, entry.msgstr):
            assert text in kept or any(comment.endswith(f": {text}") for comment in noted)
        assert set(filter(None, entry.comments)) <= noted

    written = write_po(merged).decode()
    again, findings = read_po(written, "de.po")
    assert not findings
    assert again == merged
    assert write_po(merge(template, again, HEADER).catalog).decode() == written


@settings(max_examples=75, deadline=None)
@given(st.data())
def test_what_the_template_leaves_alone_stays_byte_for_byte(data: st.DataObject) -> None:
    catalog = data.draw(catalogs())
    template = data.draw(templates(catalog))
    merged = merge(template, catalog, HEADER).catalog
    before = {entry.key: entry for entry in catalog.entries}
    for entry in merged.entries:
        same = before.get(entry.key)
        if same and (same.extracted, same.references, same.msgid_plural) == (
            entry.extracted,
            entry.references,
            entry.msgid_plural,
        ):
            assert entry.raw == same.raw or entry.flags != same.flags or entry.previous != same.previous


@settings(max_examples=75, deadline=None)
@given(st.data())
def test_only_an_approved_translation_stays_approved(data: st.DataObject) -> None:
    """Nothing that waited for approval, or was made for another text, counts as approved after an update."""
    catalog = data.draw(catalogs())
    template = data.draw(templates(catalog))
    merged = merge(template, catalog, HEADER).catalog
    approved = {(entry.key, entry.msgstr[0]) for entry in (*catalog.entries, *catalog.obsolete) if not entry.fuzzy}
    waiting = {
        (Key(entry.previous.context, entry.previous.msgid), entry.msgstr[0])
        for entry in (*catalog.entries, *catalog.obsolete)
        if entry.fuzzy and entry.previous
    }
    for entry in merged.entries:
        if entry.msgstr[0] and not entry.fuzzy:
            assert (entry.key, entry.msgstr[0]) in approved | waiting
