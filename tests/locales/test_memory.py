"""What a memory offers for a text, and how near it says that is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from catalog_projects import header, write_catalog
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.locales.memory import ALIKE, SAME, Match, Memory, Remembered, Standing, load_memory
from kb_gen.locales.memory.variables import adapted, outline
from kb_gen.locales.po import Key, read_po_file
from kb_gen.locales.units import MESSAGE_CONTEXT

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "po"


def known(source: str, *targets: str, domain: str = "a", **more: object) -> Remembered:
    return Remembered(source, targets, domain, **more)  # type: ignore[arg-type]


def told(matches: list[Match]) -> list[tuple[int, str]]:
    return [(match.score, match.target) for match in matches]


def test_the_same_text_is_a_hundred_percent() -> None:
    memory = Memory([known("Restart the service.", "Starten Sie den Dienst neu.")])
    assert told(memory.matches("Restart the service.")) == [(SAME, "Starten Sie den Dienst neu.")]


@pytest.mark.parametrize("text", ["restart  the Service.", " Restart the service.\n"])
def test_case_and_white_space_cost_a_percent(text: str) -> None:
    memory = Memory([known("Restart the service.", "Starten Sie den Dienst neu.")])
    assert told(memory.matches(text)) == [(ALIKE, "Starten Sie den Dienst neu.")]


def test_another_context_costs_a_percent() -> None:
    memory = Memory([known("Source", "Quelle", context="event"), known("Source", "Quelltext", context="code")])
    assert told(memory.matches("Source", context="code")) == [(SAME, "Quelltext"), (ALIKE, "Quelle")]
    assert told(memory.matches("Source")) == [(ALIKE, "Quelle"), (ALIKE, "Quelltext")]


@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [
        ("%1 was refused by %2.", "%2 hat %1 abgelehnt.", "%3 was refused by %1.", "%1 hat %3 abgelehnt."),
        ("Run `Get-A`.", "Führen Sie `Get-A` aus.", "Run `Get-B`.", "Führen Sie `Get-B` aus."),
        ("See event:A/1.", "Siehe event:A/1.", "See event:B/2.", "Siehe event:B/2."),
        ("Up to 1,000 items.", "Bis zu 1.000 Elemente.", "Up to 5,000 items.", "Bis zu 5.000 Elemente."),
        ("{count} events", "{count} Ereignisse", "{number} events", "{number} Ereignisse"),
    ],
)
def test_what_varies_is_put_in(source: str, target: str, text: str, expected: str) -> None:
    assert told(Memory([known(source, target)]).matches(text, limit=1)) == [(ALIKE, expected)]


def test_what_has_no_clear_place_is_not_put_in() -> None:
    memory = Memory([known("From %1 to %1 in 5 steps.", "Von %1 nach %1 in fünf Schritten.")])
    found = memory.matches("From %1 to %2 in 5 steps.")
    assert [match.score < ALIKE for match in found] == [True]
    assert found[0].target == "Von %1 nach %1 in fünf Schritten."


def test_other_words_are_less_and_the_best_comes_first() -> None:
    memory = Memory([known("Open the log.", "A"), known("Open the log file.", "B"), known("Close all the logs.", "C")])
    scores = memory.matches("Open the log files.", least=40)
    assert [match.target for match in scores] == ["B", "A", "C"]
    assert all(match.score < ALIKE for match in scores)


def test_each_translation_is_offered_once_and_approved_ones_first() -> None:
    memory = Memory(
        [
            known("Yes", "Jawohl", standing=Standing.OBSOLETE),
            known("Yes", "Ja", domain="b.tmx", standing=Standing.FILE),
            known("Yes", "Ja", domain="c"),
        ]
    )
    assert [(match.target, match.origin) for match in memory.matches("Yes")] == [
        ("Ja", "c"),
        ("Jawohl", "a, obsolete entry"),
    ]


def test_message_templates_serve_only_message_templates() -> None:
    memory = Memory([known("It failed.", "Vorlage", context=MESSAGE_CONTEXT), known("It failed.", "Text")])
    assert told(memory.matches("It failed.")) == [(SAME, "Text")]
    assert told(memory.matches("It failed.", context=MESSAGE_CONTEXT)) == [(SAME, "Vorlage")]


def test_plurals_serve_only_plurals() -> None:
    memory = Memory([known("{n} event", "{n} Ereignis", "{n} Ereignisse", plural="{n} events")])
    assert not memory.matches("{n} event")
    assert memory.matches("{n} event", plural="{n} events")[0].targets == ("{n} Ereignis", "{n} Ereignisse")


def test_a_search_finds_every_kind() -> None:
    memory = Memory(
        [
            known("It failed.", "Vorlage", context=MESSAGE_CONTEXT),
            known("It failed.", "Text"),
            known("It failed.", "Einzahl", "Mehrzahl", plural="They failed."),
        ]
    )
    assert [match.target for match in memory.search("It failed.", 5, 70)] == ["Text", "Einzahl", "Vorlage"]


def test_a_unit_is_not_offered_its_own_translation() -> None:
    memory = Memory([known("Yes", "Ja"), known("Yes", "Jawohl", domain="b")])
    assert told(memory.matches("Yes", exclude=("a", Key(None, "Yes")))) == [(SAME, "Jawohl")]


def test_what_is_learned_stands_in_the_place_of_what_was_known() -> None:
    memory = Memory([known("Yes", "Ja"), known("No", "Nein")])
    newer = memory.learned(known("Yes", "Jawohl"), known("Perhaps", "Vielleicht"))
    assert told(newer.matches("Yes")) == [(SAME, "Jawohl")]
    assert told(newer.matches("Perhaps")) == [(SAME, "Vielleicht")]
    assert told(newer.matches("No")) == [(SAME, "Nein")]
    assert told(memory.matches("Yes")) == [(SAME, "Ja")]
    assert sorted(one.targets[0] for one in newer) == ["Jawohl", "Nein", "Vielleicht"]
    forgetful = newer.learned(known("Yes"))
    assert not forgetful.matches("Yes")
    assert len(forgetful) == 2
    assert told(forgetful.prepared().matches("No")) == [(SAME, "Nein")]


def test_of_many_texts_the_one_with_the_rare_words_is_found() -> None:
    texts = [f"Open the log of the server number word{number}." for number in range(2000)]
    memory = Memory([known(text, str(place)) for place, text in enumerate(texts)])
    assert memory.matches("Open the logs of the server number word1234.", limit=1)[0].target == "1234"


def test_of_many_texts_one_is_found_by_the_beginnings_of_its_words() -> None:
    memory = Memory([known(f"{word}s", word) for word in ("connector", *(f"word{n}" for n in range(1000)))])
    assert told(memory.matches("connector", limit=1)) == [(94, "connector")]


def test_a_project_remembers_all_that_was_approved(tmp_path: Path) -> None:
    body = """#. summary of A 1
msgid "One text."
msgstr "Ein Text."

#, fuzzy
msgid "Not yet approved."
msgstr "Noch nicht."

msgid "Untranslated."
msgstr ""

#~ msgid "Gone text."
#~ msgstr "Vergangen."

#, fuzzy
#~ msgid "Never approved."
#~ msgstr "Nie."
"""
    write_catalog(tmp_path, "a", body)
    write_catalog(tmp_path, "b", 'msgctxt "c"\nmsgid "Other."\nmsgstr "Anderes."\n')
    memory, findings = load_memory(tmp_path, "de")
    assert not findings
    assert {(one.source, one.targets, one.origin, one.context) for one in memory} == {
        ("One text.", ("Ein Text.",), "a, summary of A 1", None),
        ("Gone text.", ("Vergangen.",), "a, obsolete entry", None),
        ("Other.", ("Anderes.",), "b", "c"),
    }


def test_plurals_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    file = write_catalog(
        tmp_path,
        "a",
        'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "E"\nmsgstr[1] "Es"\n\n#~ msgid "x"\n#~ msgstr "y"\n',
    )
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    memory, _ = load_memory(tmp_path, "de")
    assert {one.targets for one in memory} == {("E", "Es"), ("y",)}


def test_a_region_remembers_what_its_language_does(tmp_path: Path) -> None:
    write_catalog(tmp_path, "a", 'msgid "January"\nmsgstr "Januar"\n')
    write_catalog(tmp_path, "a", 'msgid "January"\nmsgstr "Jänner"\n', language="de_AT")
    assert told(load_memory(tmp_path, "de-AT")[0].matches("January")) == [(SAME, "Jänner"), (SAME, "Januar")]
    assert told(load_memory(tmp_path, "de")[0].matches("January")) == [(SAME, "Januar")]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["cups_de.po", "wine_de.po"])
def test_real_catalogs_are_remembered_whole(tmp_path: Path, name: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    catalog, _ = read_po_file(CORPORA, name)
    assert catalog is not None
    folder = tmp_path / "translations/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / name).write_bytes((CORPORA / name).read_bytes())
    memory, _ = load_memory(tmp_path, "de")
    entries = (*catalog.entries, *catalog.obsolete)
    expected = [(e.key, e.msgstr) for e in entries if e.translated and not e.fuzzy]
    found = [(Key(one.context, one.source), one.targets) for one in memory]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    for entry in catalog.entries[::200]:
        if entry.translated and not entry.fuzzy:
            found = memory.matches(entry.msgid, context=entry.context)
            assert found[0].score == SAME
            assert entry.msgstr in {match.targets for match in found if match.score == SAME}


PARTS = st.sampled_from(["%1", "%2", "`a`", "`b c`", "12", "1,000", "event:A/1", "https://a.example/b", "{n}", "word"])


@given(st.lists(PARTS, max_size=6), st.permutations([0, 1, 2, 3, 4, 5]))
def test_an_adapted_translation_has_the_parts_of_its_text(parts: list[str], order: list[int]) -> None:
    source = "x " + " x ".join(parts)
    swapped = [f"`{place}`" if part.startswith("`") else part for place, part in enumerate(parts)]
    text = "x " + " x ".join(swapped)
    assert outline(text) == outline(source)
    places = [place for place in order if place < len(parts)]
    target = "y " + " y ".join(parts[place] for place in places)
    made = adapted(target, source, text)
    if made is not None:
        assert sorted(made.split()) == sorted(("y " + " y ".join(swapped[place] for place in places)).split())


def test_headers_are_no_translations(tmp_path: Path) -> None:
    folder = tmp_path / "translations/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text(header(), encoding="utf-8")
    assert len(load_memory(tmp_path, "de")[0]) == 0


@pytest.mark.parametrize(
    "plural", ["", '\nmsgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "E"\nmsgstr[1] "Es"\n']
)
def test_an_origin_names_the_place_and_never_an_address(tmp_path: Path, plural: str) -> None:
    address = "#. http://127.0.0.1:8650/unit/abcdefgh\n"
    body = (
        f'{address}msgid "Search"\nmsgstr "Suche"\n\n'
        f'#. glossary: log = Protokoll\n{address}msgid "Log"\nmsgstr "Protokoll"\n\n'
        f'#. suggested: 100 % from b\n#. heading of the page\n{address}msgid "Events"\nmsgstr "Ereignisse"\n'
    )
    write_catalog(tmp_path, "ui", body + plural)
    origins = {one.source: one.origin for one in load_memory(tmp_path, "de")[0]}
    assert [origins[source] for source in ("Search", "Log", "Events")] == ["ui", "ui", "ui, heading of the page"]
