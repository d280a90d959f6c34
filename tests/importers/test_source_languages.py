"""Records have their messages in the language of their source, whatever languages a file has."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

PROJECT = (
    SETTINGS
    + """\
-- en.mc --
MessageId=1
SymbolicName=ONE
Language=English
One.
.
-- de.mc --
LanguageNames=(German=0x407:MSG00407)
MessageId=1
SymbolicName=ONE
Language=German
Eins.
.
MessageId=9
SymbolicName=EXTRA
Language=German
Extra.
.
-- uk.mc --
LanguageNames=(UK=0x809:MSG00809)
MessageId=2
SymbolicName=TWO
Language=UK
Colour.
.
"""
)
CATALOG = "translations/de/LC_MESSAGES/watch.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, PROJECT)


def _run(folder: Path, *arguments: str, code: int, command: str = "import") -> str:
    done = run_kb_gen(folder, command, "mc", *arguments, "--into", "content/w", "--source", "Watch")
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _record(folder: Path, number: int) -> str:
    return (folder / f"content/w/watch/{number}.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("first", [("en.mc",), ("en.mc", "de.mc")], ids=["english", "together"])
def test_an_event_without_a_text_in_the_sources_language_has_no_message(project: Path, first: tuple[str, ...]) -> None:
    _run(project, *first, code=len(first) - 1)
    said = _run(project, "de.mc", code=1)
    assert "event 9 of `Watch` has a text in de, “Extra.”, but none in en" in said
    assert said.count("import-other-language") == said.count("warning[") == 1
    assert "\nmessage:" not in _record(project, 9)
    assert "# The message in de: “Extra.”\n" in _record(project, 9)
    assert "message: One.\n" in _record(project, 1)
    catalog = (project / CATALOG).read_text(encoding="utf-8")
    assert 'msgid "One."\nmsgstr "Eins."' in catalog
    assert "Extra" not in catalog
    assert "message_language" not in (project / "content/products.yml").read_text()


def test_overwriting_puts_no_other_language_into_a_record(project: Path) -> None:
    _run(project, "en.mc", code=0)
    _run(project, "de.mc", "--overwrite", "message", "--language", "de", code=1)
    assert "message: One.\n" in _record(project, 1)
    assert "nothing differs" in _run(project, "en.mc", "de.mc", code=0, command="drift")


def test_a_text_of_the_sources_language_in_another_country_is_one_of_the_source(project: Path) -> None:
    _run(project, "en.mc", code=0)
    _run(project, "uk.mc", code=0)
    assert "message: Colour.\n" in _record(project, 2)


def test_a_source_that_is_german_gets_german_messages(project: Path) -> None:
    _run(project, "de.mc", code=0)
    assert "message: Eins.\n" in _record(project, 1)
    assert "message_language: de" in (project / "content/products.yml").read_text()
    said = _run(project, "en.mc", code=0)
    assert "1 event: 1 unchanged" in said
    assert "message: Eins.\n" in _record(project, 1)


ARTICLES = {
    "en": "Event ID: 5\nSource: Watch\nMessage Text: Copying %1 was stopped.\n\nExplanation\nThe disk is full.\n",
    "de": "Ereignis-ID: 6\nQuelle: Watch\nMeldungstext: Das Kopieren von %1 wurde angehalten.\n\nUrsache\nVoll.\n",
}
MESSAGES = {"en": (5, "Copying %1 was stopped."), "de": (6, "Das Kopieren von %1 wurde angehalten.")}


def _articles(folder: Path, of_source: str, *languages: str) -> str:
    """What importing articles says where products.yml has their source in a language already."""
    (folder / "content/products.yml").write_text(
        f"w:\n  name: W\n  sources:\n    Watch: {of_source}\n", encoding="utf-8"
    )
    for language, text in ARTICLES.items():
        (folder / f"{language}.txt").write_text(text, encoding="utf-8")
    done = run_kb_gen(folder, "import", "article", *(f"{tag}.txt" for tag in languages), "--into", "content/w")
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(("of_source", "odd"), [("{}", "de"), ("{message_language: de}", "en")])
def test_an_articles_message_in_another_language_is_kept_in_the_record(project: Path, of_source: str, odd: str) -> None:
    said = _articles(project, of_source, odd)
    number, message = MESSAGES[odd]
    assert f"has a text in {odd}, “{message}”, but none in" in said
    assert "\nmessage:" not in _record(project, number)
    assert f"# The message in {odd}: “{message}”\n" in _record(project, number)


def test_the_language_in_products_yml_goes_before_that_of_the_first_article(project: Path) -> None:
    said = _articles(project, "{}", "de", "en")
    assert said.count("warning[") == said.count("import-other-language") == 1
    assert "event 6 of `Watch` has a text in de" in said
    assert "by an article before" not in said
    assert "message: Copying %1 was stopped.\n" in _record(project, 5)
    assert "The message in en" not in _record(project, 5)
    assert f"# The message in de: “{MESSAGES['de'][1]}”\n" in _record(project, 6)
