"""In which language articles have their messages: nothing German is filed as English, nor English as German."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import found_in

from kb_gen.importers import FORMATS, Imported, Reading

ENGLISH = "Event ID: 5\nSource: Foo\nMessage Text: The file %1 was not found.\n\nExplanation\nThe path is wrong.\n"
GERMAN = (
    "Ereignis-ID: 6\nQuelle: Foo\nMeldungstext: Die Datei %1 wurde nicht gefunden.\n\nUrsache\nDer Pfad ist falsch.\n"
)
FACTS = "Ereignis-ID: 2020\nEreignisquelle: Srv\nMeldungstext: {}\n\n"
TEXTS = "Erläuterung\nDer Speicher ist leer.\n\nBenutzeraktion\nStarten Sie den Server neu.\n"


def read(tmp_path: Path, *texts: str, **reading: str) -> Imported:
    files = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return FORMATS["article"].read(files, Reading("tool", **reading))


@pytest.mark.parametrize(("texts", "first", "odd"), [((ENGLISH, GERMAN), "en", "de"), ((GERMAN, ENGLISH), "de", "en")])
def test_a_source_has_the_language_of_its_first_article_and_no_message_in_another(
    tmp_path: Path, texts: tuple[str, str], first: str, odd: str
) -> None:
    found = read(tmp_path, *texts)
    assert found.sources["Foo"].message_language == first
    own, other = found.events
    assert own.record.message == own.messages[first]
    # So merging tells it, as it does where products.yml has the source already.
    assert (other.record.message, list(other.messages)) == ("", [odd])
    assert len(found_in(tmp_path, [event.record for event in found.events])) == 1  # `%1` has no description


def test_articles_in_one_language_have_nothing_to_tell(tmp_path: Path) -> None:
    assert not read(tmp_path, GERMAN, GERMAN.replace("6", "7")).diagnostics
    silent = ENGLISH.replace("Message Text: The file %1 was not found.\n", "")
    assert not read(tmp_path, GERMAN, silent).diagnostics


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Der Server konnte keinen ausgelagerten Poolspeicher reservieren.", "de"),
        ("Speicherplatz erschöpft: Poolspeicher %1, Server %2, Dienst %3.", "de"),
        ("The server could not reserve any of the pool.", "en"),
    ],
)
def test_a_message_in_a_german_article_is_german_unless_its_words_are_english(
    tmp_path: Path, message: str, language: str
) -> None:
    found = read(tmp_path, FACTS.format(message) + TEXTS)
    assert found.events[0].messages == {language: message}
    assert found.sources["Srv"].message_language == language


def test_the_language_that_the_user_names_goes_before_that_of_the_article(tmp_path: Path) -> None:
    found = read(tmp_path, FACTS.format("Poolspeicher %1, Server %2, Dienst %3.") + TEXTS, locale="en")
    assert found.sources["Srv"].message_language == "en"
