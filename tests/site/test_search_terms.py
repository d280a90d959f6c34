"""Words under which articles are found beyond those of their text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_samples import FIXTURES, context_of, page_of

from kb_gen.model import Record
from kb_gen.render.text import article_text
from kb_gen.site.compounds import Compounds
from kb_gen.site.search import search_entry, site_texts, weight
from kb_gen.site.terms import (
    gather_vocabulary,
    identifier_terms,
    search_terms,
    spellings,
    terms_beyond_beginnings,
)

VOCABULARY = gather_vocabulary(
    [
        "Einconnector, der Connector beim Empfang von Nachrichten; eine Anwendung; das Protokoll; Postfach,",
        "Datenbank, Verbindung, Bindung, richten, nach, Benutzer, Name, Dienst, Transport, Ereignis, Fehler, Meldung,",
        "SmtpReceiveSendAsDenied DSC_EVENT_PREFERRED_TOPOLOGY Prüfung Warteschlange Übermittlung databas fel",
    ]
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("empfangsconnectors", ("empfang", "connector")),
        ("nachrichtendienst", ("nachrichten", "dienst")),
        ("anwendungsprotokolls", ("anwendung", "protokoll")),
        ("postfachdatenbankdienste", ("postfach", "datenbank", "dienst")),
        ("transportdienstfehlermeldungen", ("transport", "dienst", "fehler", "meldung")),
        ("benutzerdatenbankverbindungsdienstfehler", ("benutzer", "datenbank", "verbindung", "dienst", "fehler")),
        ("fehlermeldungen", ("fehler", "meldung")),
        ("übermittlungswarteschlange", ("übermittlung", "warteschlange")),
        ("sicherungswarteschlangen", ("sicherung", "warteschlange")),
        ("nachrichten", ()),
        ("verbindung", ()),
        ("protokollen", ()),
        ("dienst", ()),
        ("x" * 200, ()),
    ],
)
def test_german_compounds_are_taken_apart(word: str, parts: tuple[str, ...]) -> None:
    assert Compounds("de", VOCABULARY).parts(word) == parts


def test_only_languages_that_write_compounds_as_one_word_have_any() -> None:
    assert Compounds("de", VOCABULARY).parts("transportdienst") == ("transport", "dienst")
    assert Compounds("en", VOCABULARY).parts("transportdienst") == ()
    assert Compounds("sv", VOCABULARY).parts("transportsdatabasen") == ("transport", "databas")


@given(
    st.lists(st.text("esn", min_size=4, max_size=6), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["", "s", "n", "es", "en"])), min_size=1, max_size=5),
)
def test_a_compound_has_as_few_parts_as_it_can(words: list[str], made_from: list[tuple[int, str]]) -> None:
    vocabulary = frozenset(words)
    word = "".join(words[index % len(words)] + link for index, link in made_from)
    parts = Compounds("de", vocabulary).parts(word)
    fewest = fewest_parts(word, vocabulary)
    if fewest is not None and fewest > 1:
        assert len(parts) == fewest
        assert set(parts) <= vocabulary
    assert len(parts) != 1
    assert all(part in word for part in parts)


def fewest_parts(word: str, vocabulary: frozenset[str]) -> int | None:
    """By trying all that there is; None if some of the word stays unknown."""
    links, endings = ("", "s", "es", "n", "en", "e", "er"), ("", "s", "n", "en", "e", "es", "er", "ern", "em")
    fewest: dict[int, int] = {}
    for start in range(len(word) - 1, -1, -1):
        rest = word[start:]
        counts = [1 for known in vocabulary for ending in endings if rest == known + ending]
        counts += [
            1 + fewest[start + len(known + link)]
            for known in vocabulary
            for link in links
            if rest.startswith(known + link) and start + len(known + link) in fewest
        ]
        if counts:
            fewest[start] = min(counts)
    return fewest.get(0)


@given(st.lists(st.text(max_size=60), max_size=9), st.integers(0, 9))
def test_a_vocabulary_may_be_gathered_in_parts(texts: list[str], cut: int) -> None:
    assert gather_vocabulary(texts[:cut]) | gather_vocabulary(texts[cut:]) == gather_vocabulary(texts)


def test_a_vocabulary_has_words_parts_of_identifiers_and_forms_without_endings() -> None:
    texts = ["Zwei Warteschlangen, „Prüfungen“; SmtpReceive_Send2Denied", "Ein Ort. Des Dienstes", "x\ud800Fehler"]
    assert gather_vocabulary(texts) == {
        *("zwei", "warteschlangen", "warteschlang", "prüfungen", "prüfung", "dienstes", "dienste", "fehler"),
        *("smtpreceive", "smtpreceiv", "smtp", "receive", "receiv", "send", "denied"),
    }


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (
            "Der Benutzerdienst/Fehlermeldung2x_Empfangsconnector",
            "benutzerdienst benutzer dienst fehlermeldung fehler meldung empfangsconnector empfang connector",
        ),
        ("BENUTZERDIENST „Größe“ ÜBER größe.", "benutzerdienst benutzer dienst groesse ueber"),
        ("Das ist ein Dienst.", ""),
        ("x\ud800für\u2028Größe", "fuer groesse"),
    ],
)
def test_words_are_cut_where_letters_end(text: str, own: str) -> None:
    page = page_of(context_of(FIXTURES / "lookup"), "de", "msexchangetransport/1024")
    terms = search_terms(page.entry.record, page.article.locale, text, VOCABULARY)
    first = search_terms(page.entry.record, page.article.locale, "", VOCABULARY)
    assert terms == (*first, *own.split())


def test_words_in_other_languages_are_looked_at_for_their_accents_only() -> None:
    page = page_of(context_of(FIXTURES / "lookup"), "en", "msexchangetransport/1024")
    record = page.entry.record
    first = search_terms(record, "en", "", VOCABULARY)
    assert search_terms(record, "en", "A “transportdienst” – it’s 5 €.", VOCABULARY) == first
    assert search_terms(record, "en", "A “naïve” transportdienst.", VOCABULARY) == (*first, "naive")


def test_forgotten_words_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(context_of(FIXTURES / "lookup"), "de", "msexchangetransport/1024")
    text = "Transportdienst Fehlermeldung Größe Transportdienst Warteschlangenfehler Fehlermeldung"
    terms = search_terms(page.entry.record, page.article.locale, text, VOCABULARY)
    monkeypatch.setattr("kb_gen.site.terms._MOST_WORDS", 2)
    assert search_terms(page.entry.record, page.article.locale, text, frozenset([*VOCABULARY, "anderes"])) == terms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("überwachung", ("ueberwachung", "uberwachung")),
        ("größe", ("groesse", "grosse")),
        ("straße", ("strasse",)),
        ("blåbær", ("blaabaer", "blabaer")),
        ("événement", ("evenement",)),
        ("server", ()),
        ("сервер", ()),
        ("サーバー", ()),
    ],
)
def test_words_are_also_spelled_without_accents(word: str, forms: tuple[str, ...]) -> None:
    assert spellings(word) == forms


@pytest.mark.parametrize(
    ("identifier", "terms"),
    [
        (
            "SmtpReceiveSendAsDeniedTempAuthFailure",
            "smtp receive send as denied temp auth failure sendas sendasdenied tempauth authfailure tempauthfailure",
        ),
        ("DSC_EVENT_PREFERRED_TOPOLOGY", "dsc_event_preferred_topology dsc event preferred topology preferredtopology"),
        ("MSExchangeADAccess", "ms exchange ad access msexchange adaccess msexchangeadaccess"),
        ("MSExchange ADAccess", "msexchange adaccess msexchangeadaccess ad"),
        ("X400Gateway2", "x 400 gateway 2 x400 gateway2 x400gateway2"),
    ],
)
def test_identifiers_are_found_by_their_parts(identifier: str, terms: str) -> None:
    assert set(terms.split()) <= set(identifier_terms(identifier))


def test_an_entry_has_the_terms_of_its_event_and_of_its_words() -> None:
    context = context_of(FIXTURES / "lookup")
    page = page_of(context, "de", "msexchangetransport/1024")
    vocabulary = gather_vocabulary([*site_texts(context), "Sende Connector"])
    entry = search_entry(page.entry.record, page.parts, article_text(page.article), weight(page.article), vocabulary)
    assert (entry.locale, entry.url) == ("de", "de/msexchangetransport/1024/index.html")
    assert entry.title == "MSExchangeTransport 1024 – SmtpReceiveSendAsDeniedTempAuthFailure"
    assert entry.text == article_text(page.article)
    assert {"1024", "0x400", "msexchangetransport1024", "sendasdenied", "tempauth"} <= set(entry.terms)
    assert "smtpreceivesendasdeniedtempauthfailure" in vocabulary
    terms = search_terms(page.entry.record, "de", "Der Sendeconnector. Überwachung (Größe)", vocabulary)
    # Without umlauts at all (`Uberwachung`), the stemmer of the search finds it by itself.
    assert terms[-5:] == ("sendeconnector", "sende", "connector", "ueberwachung", "groesse")


def test_a_search_by_beginnings_needs_no_terms_that_it_finds_by_itself() -> None:
    record = Record(id="1024", source="MSExchangeTransport", product="exchange", symbolic_name="SmtpSendAsDenied")
    terms = terms_beyond_beginnings(
        record, "de", "Der Empfangsconnector: Größe. Ein Dienst, Transportdienst.", VOCABULARY
    )
    assert set(terms) >= {
        "0x400",
        "msexchangetransport1024",
        "sendasdenied",
        "asdenied",
        "denied",
        "transport",
        "connector",
    }
    assert set(terms) >= {"groesse", "eventid", "source"}
    # `smtp` begins the symbolic name, `msexchange` the source, `empfang` a word of the text.
    assert set(terms).isdisjoint(
        {"1024", "smtp", "msexchange", "empfang", "empfangsconnector", "transportdienst", "dienst"}
    )
    assert len(set(terms)) == len(terms)


WORDS = (
    "Empfangsconnector",
    "Größe",
    "dienst",
    "Transportdienst",
    "ÜBER",
    "Fehlermeldung",
    "(Fehler)",
    "SendAs",
    "x-Fehler",
)


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from(["de", "en", "sv"]))
def test_terms_that_a_search_by_beginnings_does_without_begin_a_word(words: list[str], locale: str) -> None:
    record = Record(id="0x1F", source="Microsoft Exchange", product="exchange", symbolic_name="DSC_EVENT_NoTopology")
    text = " ".join(words)
    terms = search_terms(record, locale, text, VOCABULARY)
    beyond = terms_beyond_beginnings(record, locale, text, VOCABULARY)
    assert set(beyond) <= set(terms)
    there = re.findall(r"\w+", f"{text} {record.source} {record.id} {record.symbolic_name}".lower())
    found = [*there, *beyond, *(word for term in beyond for word in term.split("_"))]
    assert [term for term in terms if not any(word.startswith(term) for word in found)] == []


@given(st.text(max_size=80), st.sampled_from(["de", "en", "fi"]))
def test_terms_are_single_words_in_lower_case(text: str, language: str) -> None:
    terms = [*identifier_terms(text), *Compounds(language, VOCABULARY).parts(text.lower()), *spellings(text.lower())]
    assert [term for term in identifier_terms(text) if not term or term != term.lower() or term.split() != [term]] == []
    assert len(set(identifier_terms(text))) == len(identifier_terms(text))
    assert all(terms)
