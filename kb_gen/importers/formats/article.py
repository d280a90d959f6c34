"""Troubleshooting articles, pasted or saved, in English or German, as text, Markdown or HTML.

An article becomes a draft. What it says stands in the record or in the notes for whoever finishes it: nothing of it
is lost in silence. Alert runbooks are recognised and read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats import runbook
from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph, in_parts, markdown_of, plain_of
from kb_gen.importers.formats.article_dates import take_modified
from kb_gen.importers.formats.article_facts import facts_of
from kb_gen.importers.formats.article_labels import Fact, Part, date_of, part_of, severity_of
from kb_gen.importers.formats.article_language import language_of
from kb_gen.importers.formats.article_notes import language_notes, missing_notes, not_taken, nothing_below
from kb_gen.importers.formats.article_pages import Page, read_page, read_sources
from kb_gen.importers.formats.article_quoted import with_quoted
from kb_gen.importers.formats.article_references import announces_references, further_of, references_of
from kb_gen.importers.formats.article_sections import Section, sections_of
from kb_gen.importers.formats.article_steps import actions_of
from kb_gen.importers.formats.article_title import Title, further_ids, title_of
from kb_gen.importers.formats.article_versions import version_of
from kb_gen.importers.formats.runbook_headings import has_runbook_headings
from kb_gen.importers.formats.text_files import TextFile
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.importers.sources import odd_source_name
from kb_gen.load import canonical_id
from kb_gen.messages import parse
from kb_gen.model import Action, EventSeverity, EventSource, MessageSyntax, Record, Reference

__all__ = ["read"]

_FIRST_ID = re.compile(r"(?P<id>0x[0-9a-f]{1,8}|\d{1,10})(?P<more>[\s,;/(].*)", re.IGNORECASE | re.DOTALL)
_SEVERITY = re.compile(r"(?:this|dieses|diese)[ \t]+[*_]*(\w+?)[ \t-]?(?:event|ereignis)\b", re.IGNORECASE)
_PLAIN_HEADINGS = frozenset({"explanation", "erläuterung", "erklärung", "description", "beschreibung"})


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """A draft of each article."""
    files, findings = read_sources(paths, reading.encoding)
    events: list[ImportedEvent] = []
    sources: dict[str, EventSource] = {}
    silent: dict[str, EventSource] = {}  # those of articles without a message, which tell no language
    versions: dict[str, str] = {}
    runbooks: list[TextFile] = []
    for file in files:
        page = read_page(file)
        if isinstance(page, Diagnostic):
            findings.append(page)
        elif has_runbook_headings(page.blocks):
            runbooks.append(file)
        else:
            findings += page.findings
            draft = _Draft(page, reading)
            made = draft.made()
            if isinstance(made, Diagnostic):
                findings.append(made)
                continue
            event, source = made
            findings += draft.findings
            versions = {**draft.versions, **versions}
            if odd_name := odd_source_name(event.record.source, event.place):
                findings.append(odd_name)
            if not event.record.message:
                silent.setdefault(event.record.source, source)
            elif sources.setdefault(event.record.source, source).message_language != source.message_language:
                event = _without_message(event)
            events.append(event)
    others = runbook.read_files(runbooks, reading)
    return Imported(
        (*events, *others.events),
        (*findings, *others.diagnostics),
        {**others.sources, **silent, **sources},
        versions=versions,
    )


def _without_message(event: ImportedEvent) -> ImportedEvent:
    """A draft without the message that isn't in its source's language; merging tells that, and notes the message.

    It stays among the texts of the event: where products.yml has another language for the source, that decides.
    """
    return msgspec.structs.replace(event, record=msgspec.structs.replace(event.record, message=""))


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
        self.findings: list[Diagnostic] = []
        """What is odd about the article."""
        self.versions: dict[str, str] = {}
        """The name of the product version that the article is about, where it has one."""

    def made(self) -> tuple[ImportedEvent, EventSource] | Diagnostic:
        """The draft with what is known of its source; or why there is none."""
        title = self._title()
        with_quoted(self._facts, title.id)
        identifier = self._identifier() or canonical_id(title.id) or ""
        source = self._reading.source or self._facts.values.get(Fact.SOURCE, "") or title.source
        place = self._page.file.place(self._facts.start)
        if not identifier or not source:
            missing = "event ID" if not identifier else "event source"
            help_text = "add a line `Event ID: 1024`" if not identifier else "name it with `--source`"
            return error(
                "article-no-event", f"the article names no {missing}", place, f"{help_text}, and import it again"
            )
        if source == title.source and not title.certain and Fact.SOURCE not in self._facts.values:
            self._notes.append(
                f"The event source is taken from the title, {source}: compare it with what the log shows."
            )
        self._tell_further(identifier, title, place)
        if Fact.MODIFIED not in self._facts.values:
            modified, rest = take_modified(self._facts.rest)
            self._facts.rest = list(rest)
            self._facts.values |= {Fact.MODIFIED: modified} if modified else {}
        sections = sections_of(in_parts(self._facts.rest))
        actions = self._actions(sections)
        explanation = self._explanation(sections)
        references = self._references(sections)
        message = self._facts.values.get(Fact.MESSAGE, "")
        language = self._language(message)
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
            references=references,
        )
        messages = {language: message} if message else {}
        # What an article says of itself is taken from its labels, which everybody sees, and not from its front matter.
        unseen = [not_taken(f"{key}: {value}") for key, value in self._page.fields.items() if value]
        notes = (*self._fact_notes(record), *self._notes, *unseen, *language_notes(record), *self._page.left_out)
        return ImportedEvent(record, place, messages, notes), EventSource(message_language=language)

    def _language(self, message: str) -> str:
        """The language of the message; of a short one, or one full of names, the rest of the article tells it."""
        article = language_of(plain_of(self._page.blocks)) if message else ""
        return language_of(message) or self._reading.locale or article or "en"

    def _title(self) -> Title:
        """What the title says, which is no text of the record; a file's front matter may have it, too."""
        shown = [block for block in self._facts.rest if isinstance(block, Heading | Paragraph)]
        headings = [block for block in shown if isinstance(block, Heading)]
        for block in [block for block in headings if block.level == 1][:1] + shown[:1] + headings[:1]:
            title = title_of(block.plain)
            if (
                title.id
                or title.source
                or (isinstance(block, Heading) and block.level == 1 and not part_of(block.plain))
            ):
                self._take_title(block, title)
                return title if title.id or title.source else self._front_title()
        return self._front_title()

    def _front_title(self) -> Title:
        return title_of(self._page.fields.get("title", ""))

    def _take_title(self, block: Heading | Paragraph, title: Title) -> None:
        if isinstance(block, Paragraph) and title.beside and block.plain.endswith((".", ":")):
            return  # a sentence of the text
        self._facts.rest.remove(block)
        values = self._facts.values
        known = title.beside.casefold() in {"", values.get(Fact.SOURCE, "").casefold()}
        if not (title.id or title.source) or not known or values.get(Fact.ID, title.id) != title.id:
            self._notes.append(f"The title of the article: {block.plain}")

    def _identifier(self) -> str:
        """The ID that the facts name, the first where they name several."""
        told = self._facts.values.get(Fact.ID, "")
        if found := canonical_id(told):
            return found
        match = _FIRST_ID.fullmatch(told)
        if match is None:
            return ""
        self._notes.append(f"The article names the event ID {' '.join(told.split())}.")
        return canonical_id(match["id"]) or ""

    def _tell_further(self, identifier: str, title: Title, place: Place) -> None:
        """Say that the article is about further events, of which it gives no records."""
        told = self._facts.values.get(Fact.ID, "")
        match = _FIRST_ID.fullmatch(told)
        listed = further_ids(match["more"]) if match else ()
        named = map(canonical_id, (*listed, *self._facts.further_ids, *title.further))
        further = [each for each in dict.fromkeys(named) if each and each != identifier]
        if not further:
            return
        words = f"the article is about further events, {', '.join(further)}; the record is that of {identifier} only"
        help_text = "import a copy of the article for each, with its ID and message, or name it under `related`"
        self.findings.append(warning("article-several-events", words, place, help_text))

    def _explanation(self, sections: Sequence[Section]) -> str:
        explaining = [section for section in sections if section.part in {Part.EXPLANATION, Part.MORE}]
        before = [block for section in sections if section.part is None for block in section.blocks]
        blocks: list[Block] = []
        has_explanation = any(section.part is Part.EXPLANATION and section.blocks for section in explaining)
        if has_explanation or all(isinstance(block, Heading) for block in before):
            self._notes += [not_taken(plain_of([block])) for block in before]
        else:
            blocks += before
        for section in explaining:
            told = [block for block in section.blocks if not self._is_left_out(block)]
            if section.part is Part.MORE:
                told = further_of(told)
                if not told:
                    continue
            if not told:
                self._notes.append(nothing_below(section.title))
                continue
            if section.heading and section.title.casefold() not in _PLAIN_HEADINGS:
                blocks.append(section.heading)
            blocks += told
        return markdown_of(blocks)

    def _is_left_out(self, block: Block) -> bool:
        if not (isinstance(block, Paragraph) and announces_references(block.plain)):
            return False
        self._notes.append(not_taken(block.plain))
        return True

    def _references(self, sections: Sequence[Section]) -> tuple[Reference, ...]:
        """What the article leads to; what it says of itself behind its text is noted."""
        leading: list[Block] = []
        for section in sections:
            if section.part is Part.FACTS:
                told = ", ".join(plain_of(section.blocks).split("\n"))
                self._notes.append(f"Also in the article: {section.title}: {told}")
            elif section.part is Part.MORE:
                explaining = further_of(section.blocks)
                leading += [block for block in section.blocks if block not in explaining]
            elif section.part is Part.REFERENCES:
                leading += section.blocks
        found = references_of(leading)
        self._notes += map(not_taken, found.passages)
        return found.references

    def _actions(self, sections: Sequence[Section]) -> tuple[Action, ...]:
        acting = [section for section in sections if section.part is Part.ACTIONS and section.blocks]
        self._notes += [
            nothing_below(section.title)
            for section in sections
            if section.part is Part.ACTIONS and not section.blocks and section.heading
        ]
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
        version, name = version_of(self._facts.values.get(Fact.VERSION, ""))
        if name and not self._reading.version:
            self.versions[version] = name
        return self._reading.version or version

    def _fact_notes(self, record: Record) -> Iterator[str]:
        values = self._facts.values
        if self._numbers:
            listed = ", ".join(f"%{number}" for number in self._numbers)
            yield f"Name what the message's insertion strings hold, under `parameters`: {listed}."
        if Fact.PRODUCT in values:
            yield f"The article names the product {values[Fact.PRODUCT]}."
        if Fact.VERSION in values and record.version != (version_of(values[Fact.VERSION])[0] or None):
            yield f"The article names the product version {values[Fact.VERSION]}."
        if Fact.SOURCE in values and values[Fact.SOURCE] != record.source:
            yield f"The article names the event source {values[Fact.SOURCE]}."
        if Fact.SEVERITY in values and record.severity is None:
            yield f"Nobody knows the severity {values[Fact.SEVERITY]}."
        if Fact.MODIFIED in values and record.modified is None:
            yield f"Nobody knows the date {values[Fact.MODIFIED]}."
        if self._facts.described and not self._numbers:
            yield "The message is as it was logged once: write insertion strings in place of its values."
        yield from missing_notes(record, "article")
        yield from (f"Also in the article: {line}" for line in self._facts.other)
