"""What readers paste or type is answered alike on the command line and, see `test_lookup_page`, in the browser."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from site_samples import FIXTURES, context_of, lookup_events

from kb_gen.load import load_project
from kb_gen.messages.recognition import form_of
from kb_gen.site.answers.codes import code_note, id_keys
from kb_gen.site.answers.gathering import gather_events
from kb_gen.site.answers.known import KnownEvent, KnownEvents
from kb_gen.site.answers.questions import Answer, answer
from kb_gen.site.answers.shards import FindableEvent, finding_files
from kb_gen.site.answers.surroundings import surroundings
from kb_gen.site.reading import Project

LINES = yaml.safe_load((FIXTURES / "lookup" / "lines.yml").read_text(encoding="utf-8"))
ROOT = FIXTURES / "lookup"


@pytest.fixture(scope="module")
def known() -> KnownEvents:
    context = context_of(ROOT)
    project = Project(load_project(ROOT, "content"), context.catalogs, ())
    return gather_events(project, context.settings)[0]


def told(known: KnownEvents, found: Answer) -> list[str]:
    shared = Counter((event.source, event.id) for event in known.events)
    events = [hit.event for hit in found.hits]
    return [
        f"{event.source}/{event.id}{f'/{event.symbol}' if shared[event.source, event.id] > 1 else ''}"
        for event in events
    ]


@pytest.mark.parametrize("line", LINES, ids=[line["what"] for line in LINES])
def test_lines_lead_to_their_events(known: KnownEvents, line: dict[str, object]) -> None:
    found = answer(known, str(line["text"]))
    assert told(known, found) == line["events"]
    values = {value.number: value.text for hit in found.hits[:1] for value in hit.values if not value.cut}
    assert values == line.get("values", values)
    assert list(found.sources) == line.get("sources", [])
    notes = line.get("notes")
    if isinstance(notes, list):
        told_notes = [
            {key: getattr(note, key) for key in wanted} for note, wanted in zip(found.notes, notes, strict=True)
        ]
        assert told_notes == notes


def test_what_is_gathered_from_records_is_what_articles_tell() -> None:
    context = context_of(ROOT)
    project = Project(load_project(ROOT, "content"), context.catalogs, ())
    known, shown = gather_events(project, context.settings)
    articles = lookup_events(context)
    for tag, own in articles.items():
        by_address = {event.address: event for event in own}
        for event, details in zip(known.events, shown[tag].details, strict=True):
            article = by_address[event.address]
            assert (details.summary, details.severity) == (article.summary, article.severity)
            assert details.names == {int(name[0]): name[1] for name in article.names}
    templates = {
        (event.address, template)
        for own in articles.values()
        for event in own
        for template in event.templates
        if form_of(template).is_recognisable
    }
    french = ("Il ne reste que ", 2, " Mo d'espace libre sur le volume ", 1, ".")
    tables = known.index.tables
    assert templates | {("diskwatch/7", french)} == {
        (known.events[owner].address, template)
        for template, owners in zip(tables.templates, tables.owners, strict=True)
        for owner in owners
    }


@given(st.integers(-(2**31), 2**32 - 1))
def test_a_code_is_found_however_it_is_written(number: int) -> None:
    bits = number & 0xFFFFFFFF
    forms = (str(number), str(bits), hex(bits), f"0X{bits:08X}")
    assert {id_keys(form)[-1] for form in forms} == {str(bits)}
    notes = [code_note(form) for form in forms]
    assert {note.id for note in notes if note} <= {bits & 0xFFFF}


HOSTILE = [
    "a" * 30_000,
    "' '" * 10_000,
    "<Provider " * 3_000,
    "<Event " * 3_000 + "<Data>" * 3_000,
    "id: " * 8_000,
    "source:" * 4_000,
    "0x" * 90,
    "{" * 5_000,
    '["' * 5_000,
    "[" * 100_000,
    "[" * 5_000 + "]" * 5_000,
    "2026-" * 5_000,
    "mysqld mysqld " * 2_000,
    "&#1114112;&#xD800;" * 99,
    "\ud800",
    "SMTP rejected a (" * 2_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_hostile_texts_find_nothing_and_break_nothing(known: KnownEvents, text: str) -> None:
    assert told(known, answer(known, text)) == []


@given(st.text(max_size=200))
def test_no_text_breaks_anything(text: str) -> None:
    surroundings(text)
    surroundings(f"<Event><Provider Name='{text}'/><EventID>7</EventID><Data>{text}</Data>")
    surroundings(f'{{"event_id": 7, "x": "{text}"}}')


FILES = """
import hashlib, random
from kb_gen.site.answers.known import KnownEvent
from kb_gen.site.answers.shards import FindableEvent, finding_files

generator = random.Random(3)
words = [f"w{number}" for number in range(12)]
events = []
for number in range(400):
    chosen = [generator.choice(words) for _ in range(6)]
    template = (b'["%s ",1]' % " ".join(chosen).encode(), " ".join(dict.fromkeys(chosen)))
    events.append(FindableEvent(KnownEvent(f"s/{number}", "S", str(number), f"ERROR_{number % 40}"), [template]))
found = hashlib.sha256()
for asset in finding_files(events, {}):
    found.update(asset.url.encode() + asset.content)
print(found.hexdigest())
"""


def test_files_are_the_same_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", FILES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_another_message_changes_few_files() -> None:
    words = [f"word{number}" for number in range(300)]
    generator = random.Random(9)
    events = []
    for number in range(600):
        chosen = generator.sample(words, 6)
        template = (f'["{" ".join(chosen)} ",1]'.encode(), " ".join(chosen))
        events.append(FindableEvent(KnownEvent(f"s/{number}", "S", str(number)), [template]))
    before = {asset.url: asset.content for asset in finding_files(events, {})}
    events[7] = events[7]._replace(templates=[(b'["another message ",1]', "another message")])
    after = {asset.url: asset.content for asset in finding_files(events, {})}
    assert before.keys() == after.keys()
    changed = [url for url, content in after.items() if before[url] != content]
    assert 0 < len(changed) < 25 < len(after)
