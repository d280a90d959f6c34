"""From a product's message file to the answer: import, records, catalogs, and lines of logs that find their event."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

from kb_gen.diagnostics import Severity
from kb_gen.importers import FORMATS, Reading
from kb_gen.load import load_project
from kb_gen.locales import load_catalogs, message_context
from kb_gen.messages import Insertion, MessageTemplate, fill, parse
from kb_gen.messages.kinds import ValueKind, kind_of
from kb_gen.messages.recognition import form_of, template_parts
from kb_gen.model import MessageSyntax
from kb_gen.site.answers.gathering import gather_events
from kb_gen.site.answers.questions import answer
from kb_gen.site.plugin import read_settings
from kb_gen.site.reading import Project
from kb_gen.validate import validate

pytestmark = pytest.mark.corpus

PREFIXES = (
    "",
    "2026-11-26 10:00:00 12 [ERROR] ",
    "ERROR 9999 (42000) at line 3: ",
    "Nov 26 10:11:12 db1 mariadbd[812]: ",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Path:
    folder = tmp_path_factory.mktemp("mariadb")
    write_tree(folder, SETTINGS)
    done = run_kb_gen(
        folder,
        *("import", "errmsg", str(corpora / "mariadb/errmsg-utf8.txt")),
        *("--into", "content/mariadb", "--source", "MariaDB"),
    )
    assert done.returncode == 0, done.stderr
    assert "1218 events: 1218 added" in done.stdout
    return folder


WORDY = (
    "CREATE DEFINER=`root`@`localhost` TRIGGER audit BEFORE INSERT ON account FOR EACH ROW",
    "GRANT SELECT, INSERT ON db.* TO app IDENTIFIED BY PASSWORD expired",
    "/var/lib/mysql/data/backup/slave-relay-bin.index",
    "mysql-bin.000042",
)
"""Values with words that other templates have."""


def value(insertion: Insertion, chance: random.Random) -> str:
    """What a product may put in: a number where it has to be one, else a name, a path, a host."""
    kind = kind_of(insertion.format)
    if kind is ValueKind.INTEGER:
        return str(chance.choice([0, 7, 42, 1064, chance.randrange(10**6)]))
    if kind is ValueKind.HEXADECIMAL:
        return f"{chance.randrange(1 << 32):x}"
    if kind is ValueKind.IDENTIFIER:
        return "`" + chance.choice(["t1", "my table", "a.b", "back``tick"]) + "`"
    if kind is ValueKind.ERROR:
        return f'{chance.randrange(200)} "No such file or directory"'
    if kind is ValueKind.FLOAT:
        return f"{chance.random() * 100:.2f}"
    return chance.choice(["t1", "orders", "/var/lib/t1", "root@localhost", "PRIMARY", "my_column", "Zürich", "q7-x"])


def rendered(template: MessageTemplate, chance: random.Random) -> tuple[str, dict[int, str]]:
    values: dict[int, str] = {}
    for insertion in template.insertions:
        for number in insertion.numbers:
            values.setdefault(number, value(insertion, chance))
    return fill(template, values), values


def test_every_error_is_a_record_and_every_german_message_a_translation(project: Path, corpora: Path) -> None:
    loaded = load_project(project, "content")
    kb = loaded.knowledge_base
    assert [finding.message for finding in loaded.diagnostics] == []
    assert len(kb.entries) == 1218
    assert not [finding for finding in validate(loaded) if finding.severity is Severity.ERROR]
    by_symbol = {entry.record.symbolic_name: entry.record.id for entry in kb.entries}
    wanted = {"ER_DUP_ENTRY": 1062, "ER_NO_SUCH_TABLE": 1146, "ER_UNUSED_18": 1900, "ER_FILE_CORRUPT": 3000}
    assert {symbol: int(by_symbol[symbol]) for symbol in wanted} == wanted
    assert max(int(number) for number in by_symbol.values()) == 4192
    german = load_catalogs(project, ["de"])[0].catalog("de", "mariadb")
    translated = {
        entry.record.symbolic_name: german.text(entry.record.message, message_context(entry.record))
        for entry in kb.entries
    }
    shipped = FORMATS["errmsg"].read([corpora / "mariadb/errmsg-utf8.txt"], Reading("mariadb", "MariaDB")).events
    texts = {event.record.symbolic_name: event.messages["de"] for event in shipped if "de" in event.messages}
    assert len(texts) == 656
    assert {symbol: text for symbol, text in translated.items() if text} == texts
    assert translated["ER_NO_SUCH_TABLE"] == "Tabelle '%-.192s.%-.192s' existiert nicht"


def test_lines_made_from_its_templates_find_their_event_and_its_values(project: Path) -> None:
    loaded = load_project(project, "content")
    kb = loaded.knowledge_base
    catalogs = load_catalogs(project, ["en", "de"])[0]
    known = gather_events(Project(loaded, catalogs, ()), read_settings(project / "mkdocs.yml"))[0]
    chance = random.Random(5)
    texts = [
        (entry.record.symbolic_name, parse(text, MessageSyntax.PRINTF))
        for entry in kb.entries
        for text in (
            entry.record.message,
            catalogs.catalog("de", "mariadb").text(entry.record.message, message_context(entry.record)),
        )
        if text
    ]
    forms = [(symbol, template, form_of(template_parts(template))) for symbol, template in texts]
    shared = Counter(form.texts for symbol, form in {(symbol, form) for symbol, _, form in forms})
    tried = right = exact = 0
    unlike: list[str] = []
    for symbol, template, form in forms:
        if not form.is_recognisable or shared[form.texts] > 1:
            continue
        line, values = rendered(template, chance)
        found = answer(known, chance.choice(PREFIXES) + line).hits[:1]
        tried += 1
        if [hit.event.symbol for hit in found] == [symbol]:
            right += 1
            told = {own.number: own.text for own in found[0].values}
            named = {
                own.number: values[own.number][1:-1].replace("``", "`")
                for own in template.insertions
                if kind_of(own.format) is ValueKind.IDENTIFIER
            }
            if told == {number: named.get(number, values[number]) for number in told}:
                exact += 1
            else:
                unlike.append(str(template))
    assert tried > 1600
    assert right >= 0.99 * tried
    # Where two values touch, nobody can tell them apart.
    assert [template for template in unlike if not re.search(r"%[-.0-9]*s%", template)] == []
    assert exact >= 0.99 * right


def test_values_full_of_words_dont_hide_the_error(project: Path) -> None:
    loaded = load_project(project, "content")
    catalogs = load_catalogs(project, ["en", "de"])[0]
    known = gather_events(Project(loaded, catalogs, ()), read_settings(project / "mkdocs.yml"))[0]
    chance = random.Random(11)
    tried = right = 0
    for entry in loaded.knowledge_base.entries:
        template = parse(entry.record.message, MessageSyntax.PRINTF)
        form = form_of(template_parts(template))
        if form.strength < 24 or None not in form.kinds:
            continue
        values = {
            own.number: value(own, chance) if kind_of(own.format) else chance.choice(WORDY)
            for own in template.insertions
        }
        tried += 1
        found = answer(known, chance.choice(PREFIXES) + fill(template, values)).hits[:1]
        right += [hit.event.symbol for hit in found] == [entry.record.symbolic_name]
    assert tried > 300
    assert right >= 0.98 * tried
