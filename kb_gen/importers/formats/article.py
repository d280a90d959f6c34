"""Troubleshooting articles, pasted or saved, in English or German, as text, Markdown or HTML.

An article becomes a draft. What it says stands in the record or in the notes for whoever finishes it: nothing of it
is lost in silence. Alert runbooks are recognised and read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.importers.formats import runbook
from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph, markdown_of, plain_of
from kb_gen.importers.formats.article_facts import facts_of
from kb_gen.importers.formats.article_labels import Fact, Part, date_of, severity_of
from kb_gen.importers.formats.article_language import language_of
from kb_gen.importers.formats.article_notes import language_notes, not_taken
from kb_gen.importers.formats.article_pages import Page, read_page, read_sources
from kb_gen.importers.formats.article_references import announces_references, references_of
from kb_gen.importers.formats.article_sections import Section, sections_of
from kb_gen.importers.formats.article_steps import actions_of
from kb_gen.importers.formats.text_files import TextFile
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.importers.sources import odd_source_name
from kb_gen.load import canonical_id
from kb_gen.messages import parse
from kb_gen.model import Action, EventSeverity, EventSource, MessageSyntax, Record

__all__ = ["read"]

_TITLE = re.compile(
    r"(?P<source>\S.{0,100}?)[ \t/:–—-]+(?:event id:?[ \t]+|ereignis-id:?[ \t]+)?(?P<id>\d{1,10}|0x[0-9a-f]{1,8})",
    re.IGNORECASE,
)
_TITLE_ID_FIRST = re.compile(
    r"(?:event|event id|ereignis|ereignis-id):?[ \t]+(?P<id>\d{1,10}|0x[0-9a-f]{1,8})[ \t/:–—-]+(?P<source>\S.{0,100})",
    re.IGNORECASE,
)
_SEVERITY = re.compile(r"(?:this|dieses|diese)[ \t]+[*_]*(\w+?)[ \t-]?(?:event|ereignis)\b", re.IGNORECASE)
_PLAIN_HEADINGS = frozenset({"explanation", "erläuterung", "erklärung", "description", "beschreibung"})


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """A draft of each article."""
    files, findings = read_sources(paths, reading.encoding)
    events: list[ImportedEvent] = []
    sources: dict[str, EventSource] = {}
    runbooks: list[TextFile] = []
    for file in files:
        page = read_page(file)
        if isinstance(page, Diagnostic):
            findings.append(page)
        elif runbook.is_runbook(page):
            runbooks.append(file)
        else:
            findings += page.findings
            draft = _Draft(page, reading).made()
            if isinstance(draft, Diagnostic):
                findings.append(draft)
                continue
            event, source = draft
            events.append(event)
            if odd_name := odd_source_name(event.record.source, event.place):
                findings.append(odd_name)
            sources.setdefault(event.record.source, source)
    others = runbook.read_files(runbooks, reading)
    return Imported((*events, *others.events), (*findings, *others.diagnostics), {**others.sources, **sources})


class _Draft:
    """One article on its way to a record."""

    def __init__(self, page: Page, reading: Reading) -> None:
        facts = facts_of(page.blocks)
        numbers = parse(facts.values.get(Fact.MESSAGE, ""), MessageSyntax.FORMATMESSAGE).numbers
        if numbers:
            # Read once more, now that it is known what `%1` in its texts stands for.
            again = read_page(page.file, frozenset(numbers))
            page = page if isinstance(again, Diagnostic) else again
            facts = facts_of(page.blocks)
        self._page = page
        self._facts = facts
        self._numbers = numbers
        self._reading = reading
        self._notes: list[str] = []

    def made(self) -> tuple[ImportedEvent, EventSource] | Diagnostic:
        """The draft with what is known of its source; or why there is none."""
        title = self._title()
        identifier = canonical_id(self._facts.values.get(Fact.ID, "") or title[1]) or ""
        source = self._reading.source or self._facts.values.get(Fact.SOURCE, "") or title[0]
        place = self._page.file.place(self._facts.start)
        if not identifier or not source:
            missing = "event ID" if not identifier else "event source"
            help_text = "add a line `Event ID: 1024`" if not identifier else "name it with `--source`"
            return error(
                "article-no-event", f"the article names no {missing}", place, f"{help_text}, and import it again"
            )
        sections = sections_of(self._facts.rest)
        actions = self._actions(sections)
        explanation = self._explanation(sections)
        references, passages = references_of(
            block for section in sections if section.part is Part.REFERENCES for block in section.blocks
        )
        self._notes += map(not_taken, passages)
        message = self._facts.values.get(Fact.MESSAGE, "")
        language = language_of(message) or self._reading.locale or "en"
        record = Record(
            id=identifier,
            source=source,
            product=self._reading.product,
            version=self._version(),
            symbolic_name=self._facts.values.get(Fact.SYMBOL, ""),
            category=self._facts.values.get(Fact.CATEGORY, ""),
            severity=self._severity(explanation),
            modified=date_of(self._facts.values.get(Fact.MODIFIED, "")),
            message=message,
            explanation=explanation,
            actions=actions,
            references=tuple(references),
        )
        messages = {language: message} if message else {}
        # What an article says of itself is taken from its labels, which everybody sees, and not from its front matter.
        unseen = [not_taken(f"{key}: {value}") for key, value in self._page.fields.items() if value]
        notes = (*self._fact_notes(record), *self._notes, *unseen, *language_notes(record), *self._page.left_out)
        return ImportedEvent(record, place, messages, notes), EventSource(message_language=language)

    def _title(self) -> tuple[str, str]:
        """Source and ID as the title has them, which is then no text any more."""
        rest = self._facts.rest
        first = next((block for block in rest if isinstance(block, Heading | Paragraph)), None)
        if first is None:
            return "", ""
        match = _TITLE.fullmatch(first.plain.strip()) or _TITLE_ID_FIRST.fullmatch(first.plain.strip())
        if match is None:
            return "", ""
        rest.remove(first)
        if self._facts.values.get(Fact.ID, match["id"]) != match["id"]:
            self._notes.append(f"The title of the article: {first.plain}")
        return match["source"].strip(), match["id"]

    def _explanation(self, sections: Sequence[Section]) -> str:
        explaining = [section for section in sections if section.part is Part.EXPLANATION]
        before = [block for section in sections if section.part in {None, Part.FACTS} for block in section.blocks]
        blocks: list[Block] = []
        if explaining or all(isinstance(block, Heading) for block in before):
            self._notes += [not_taken(plain_of([block])) for block in before]
        else:
            blocks += before
        for section in explaining:
            heading = section.heading
            if heading and heading.plain.strip(" :").casefold() not in _PLAIN_HEADINGS:
                blocks.append(heading)
            for block in section.blocks:
                if isinstance(block, Paragraph) and announces_references(block.plain):
                    self._notes.append(not_taken(block.plain))
                else:
                    blocks.append(block)
        return markdown_of(blocks)

    def _actions(self, sections: Sequence[Section]) -> tuple[Action, ...]:
        acting = [section for section in sections if section.part is Part.ACTIONS and section.blocks]
        around = plain_of(self._page.blocks)
        if len(acting) == 1:
            return actions_of(acting[0].blocks, around)
        blocks: list[Block] = []
        for section in acting:
            blocks += [section.heading] if section.heading else []
            blocks += section.blocks
        return actions_of(blocks, around)

    def _severity(self, explanation: str) -> EventSeverity | None:
        told = severity_of(self._facts.values.get(Fact.SEVERITY, ""))
        match = _SEVERITY.match(explanation)
        return told or (severity_of(match[1]) if match else None)

    def _version(self) -> str:
        return self._reading.version or " ".join(self._facts.values.get(Fact.VERSION, "").split())

    def _fact_notes(self, record: Record) -> Iterator[str]:
        values = self._facts.values
        if self._numbers:
            listed = ", ".join(f"%{number}" for number in self._numbers)
            yield f"Name what the message's insertion strings hold, under `parameters`: {listed}."
        if Fact.PRODUCT in values:
            yield f"The article names the product {values[Fact.PRODUCT]}."
        if Fact.VERSION in values and record.version != " ".join(values[Fact.VERSION].split()):
            yield f"The article names the product version {values[Fact.VERSION]}."
        if Fact.SOURCE in values and values[Fact.SOURCE] != record.source:
            yield f"The article names the event source {values[Fact.SOURCE]}."
        if Fact.SEVERITY in values and record.severity is None:
            yield f"Nobody knows the severity {values[Fact.SEVERITY]}."
        if Fact.MODIFIED in values and record.modified is None:
            yield f"Nobody knows the date {values[Fact.MODIFIED]}."
        if not record.explanation:
            yield "The article explains nothing: write an `explanation`."
        if not record.actions:
            yield "The article says nothing to do: write `actions`."
        yield from (f"Also in the article: {line}" for line in self._facts.other)
