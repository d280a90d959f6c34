"""One quick walk over a record, by which most rules know at once that they have nothing to say about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from kb_gen.model import Entry, Record, Step

__all__ = ["Survey", "may_refer", "survey", "without_mentions"]

_PRINTABLE = b"\n" + bytes(range(0x20, 0x7F))
_TARGET = r"[\w.%+~-]+/[\w.%+~-]*\w(?:/\w+)?"
_MENTION = re.compile(rf"event(?:[\\&]|:(?:({_TARGET})(?=(.?)))?)", re.DOTALL)
# Where a reference ends doesn't depend on what is around it if it stands in running text, or is all that stands in a
# link's parentheses or in angle brackets.
_CLOSING = {"(": ")", "<": ">"}
_ENTITY = re.compile(r"&#?\w+;")
_PADDED = re.compile(r"\]\(\s")


class Survey(Struct, frozen=True, gc=False):
    r"""What a record's texts hold, as far as a glance at all of them together tells.

    The texts are those of `record_texts`. Joined ones have a line feed before each, so that a text begins as a line
    does, and nothing spans two of them but `\s`.

    Attributes:
        entry: the record and where it came from.
        marked_up: its Markdown texts, joined.
        plain: its other texts, joined, commands included.
        runs: the commands of all its steps, joined.
        mentions: the targets of all references to events in Markdown texts, and of what looks the same in code; None
            where it takes a parser to tell what is a reference.
        shells: the commands' shells, as written.
        uses: the snippets that its steps use.
        is_printable: whether its texts consist of printable characters and line feeds alone.
        has_blank: whether one of its texts is white space alone.
        has_odd_step: whether a step has neither a text nor a snippet, or something beside its snippet.
    """

    entry: Entry
    marked_up: str
    plain: str
    runs: str
    mentions: Sequence[str] | None
    shells: Sequence[str]
    uses: Sequence[str]
    is_printable: bool
    has_blank: bool
    has_odd_step: bool

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.entry.record


class _Walk:
    """What is gathered on the way through a record. The order of texts means nothing."""

    __slots__ = ("has_odd_step", "marked_up", "plain", "runs", "shells", "uses")

    def __init__(self, record: Record) -> None:
        self.marked_up = ["", record.summary, record.explanation]
        self.plain = [
            "",
            record.id,
            record.source,
            record.product,
            record.version,
            record.symbolic_name,
            record.category,
            record.message,
            record.context,
            *record.related,
            *record.former,
        ]
        self.runs: list[str] = []
        self.shells: list[str] = []
        self.uses: list[str] = []
        self.has_odd_step = False
        for variant in record.variants:
            self.plain.append(variant.message)
        for parameter in record.parameters.values():
            self.marked_up += (parameter.name, parameter.holds)
            self.plain.append(parameter.example)
        for reference in record.references:
            self.marked_up += (reference.title, reference.note)
            self.plain.append(reference.url)
        self._steps(record.actions)

    def _steps(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.use:
                self.uses.append(step.use)
                if step.text or step.commands or step.note or step.steps:
                    self.has_odd_step = True
            elif not step.text:
                self.has_odd_step = True
            self.marked_up += (step.text, step.note)
            for command in step.commands:
                self.shells.append(command.shell)
                self.runs.append(command.run)
            if step.steps:
                self._steps(step.steps)


def survey(entry: Entry) -> Survey:
    """Look over a record."""
    walk = _Walk(entry.record)
    walk.plain += walk.shells
    walk.plain += walk.runs
    marked_up = "\n".join(walk.marked_up)
    plain = "\n".join(walk.plain)
    return Survey(
        entry,
        marked_up,
        plain,
        "\n".join(walk.runs),
        _mentions(marked_up) if may_refer(marked_up) else (),
        walk.shells,
        walk.uses,
        is_printable=_is_printable(marked_up) and _is_printable(plain),
        has_blank=any(map(str.isspace, walk.marked_up)) or any(map(str.isspace, walk.plain)),
        has_odd_step=walk.has_odd_step,
    )


def _is_printable(text: str) -> bool:
    """Whether a text consists of printable characters and line feeds alone."""
    if text.isascii():
        return not text.encode("ascii").translate(None, _PRINTABLE)
    return text.replace("\n", "").isprintable()


def may_refer(text: str) -> bool:
    """Whether a Markdown text may refer to an event: the colon may be escaped or written as an entity."""
    return "event:" in text or "event\\" in text or "event&" in text


def without_mentions(seen: Survey) -> str:
    """A record's Markdown texts, joined, less their references to events where these can be told."""
    return _MENTION.sub(" ", seen.marked_up) if seen.mentions else seen.marked_up


def _mentions(text: str) -> list[str] | None:
    if _PADDED.search(text) or ("&" in text and _ENTITY.search(text)):
        return None
    targets = []
    for match in _MENTION.finditer(text):
        target, behind = match.groups()
        before = text[match.start() - 1]
        if target is None or before.isalnum() or before in "_\\" or _CLOSING.get(before, behind) != behind:
            return None
        targets.append(target)
    return targets
