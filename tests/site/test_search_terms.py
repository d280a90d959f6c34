"""Words under which articles are found beyond those of their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_samples import FIXTURES, context_of, page_of

from kb_gen.render.text import article_text
from kb_gen.site.search import search_entry, site_texts
from kb_gen.site.terms import compound_parts, gather_vocabulary, identifier_terms, search_terms, spellings

VOCABULARY = gather_vocabulary(
    [
        "Ein Empfangsconnector, der Connector beim Empfang von Nachrichten; eine Anwendung; das Protokoll; Postfach,",
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
    assert compound_parts(word, "de", VOCABULARY) == parts


def test_only_languages_that_write_compounds_as_one_word_have_any() -> None:
    assert compound_parts("transportdienst", "de", VOCABULARY) == ("transport", "dienst")
    assert compound_parts("transportdienst", "en", VOCABULARY) == ()
    assert compound_parts("transportsdatabasen", "sv", VOCABULARY) == ("transport", "databas")


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
    entry = search_entry(page, vocabulary)
    assert (entry.locale, entry.url) == ("de", "de/msexchangetransport/1024/index.html")
    assert entry.title == "MSExchangeTransport 1024 – SmtpReceiveSendAsDeniedTempAuthFailure"
    assert entry.text == article_text(page.article)
    assert {"1024", "0x400", "msexchangetransport1024", "sendasdenied", "tempauth"} <= set(entry.terms)
    assert "smtpreceivesendasdeniedtempauthfailure" in vocabulary
    terms = search_terms(page.article, "Der Sendeconnector. Überwachung (Größe)", vocabulary)
    # Without umlauts at all (`Uberwachung`), the stemmer of the search finds it by itself.
    assert terms[-5:] == ("sendeconnector", "sende", "connector", "ueberwachung", "groesse")


@given(st.text(max_size=80), st.sampled_from(["de", "en", "fi"]))
def test_terms_are_single_words_in_lower_case(text: str, language: str) -> None:
    terms = [*identifier_terms(text), *compound_parts(text.lower(), language, VOCABULARY), *spellings(text.lower())]
    assert [term for term in identifier_terms(text) if not term or term != term.lower() or term.split() != [term]] == []
    assert len(set(identifier_terms(text))) == len(identifier_terms(text))
    assert all(terms)
