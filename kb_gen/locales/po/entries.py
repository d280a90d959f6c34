"""What stands in a PO file, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Key", "PoEntry", "PoFile", "PreviousText", "lookup_key"]


class Key(NamedTuple):
    """What tells an entry from the others of its file; a context of None is not the empty context."""

    context: str | None
    msgid: str


def lookup_key(context: str | None, msgid: str) -> str:
    """An entry's key as one string, in the form that compiled catalogs use; texts without context are their own key."""
    return f"{context}\x04{msgid}" if context else msgid


@dataclass(frozen=True, slots=True)
class PreviousText:
    """The source text that a fuzzy entry's translation belongs to (`#| msgid`)."""

    msgid: str
    msgid_plural: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class PoEntry:
    """A message with its translation and everything that is said about it.

    Attributes:
        msgid: the source text; empty for the header.
        msgstr: the translation: one text, or one for every plural form. Empty texts where there is none yet.
        context: the msgctxt.
        msgid_plural: the source text's plural form, for entries that have one.
        comments: the translator's own comments, each as it stands behind the `#`.
        extracted: comments for the translator (`#.`), without the mark.
        references: the files that the text stands in (`#:`).
        flags: `fuzzy`, `qt-format` … (`#,`).
        previous: the source text that was translated, where `msgid` has changed since.
        obsolete: whether no source has the text any more (`#~`).
        body: the lines from msgctxt to the end as they stand in the file, without `#~`; empty for a new entry. They
            are written back as they are, so that an update doesn't touch what it doesn't change.
        raw: all of its lines as they stand in the file; empty for an entry that isn't as it was read.
        span: where the entry stands in the file's text, its comments included.
        msgid_at: where the quoted msgid stands.
        msgstr_at: where each quoted msgstr stands.
    """

    msgid: str
    msgstr: tuple[str, ...] = ("",)
    context: str | None = None
    msgid_plural: str | None = None
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: PreviousText | None = None
    obsolete: bool = False
    body: str = field(default="", compare=False)
    raw: str = field(default="", compare=False)
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    msgid_at: tuple[int, int] = field(default=(0, 0), compare=False)
    msgstr_at: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    @property
    def key(self) -> Key:
        """What tells the entry from the others."""
        return Key(self.context, self.msgid)

    @property
    def fuzzy(self) -> bool:
        """Whether the translation waits for a translator's approval."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether there is a text for every form, approved or not."""
        return all(text.strip() for text in self.msgstr)


@dataclass(frozen=True, slots=True)
class PoFile:
    r"""A catalog or template, in the order of its file.

    Attributes:
        header: the entry with the empty msgid, which holds the file's header fields; None where it is missing.
        entries: all others that are in use.
        obsolete: those that no source has any more.
        trailer: comments that stand behind the last entry.
        line_end: `\n`, or `\r\n` where the file has Windows' line ends.
    """

    header: PoEntry | None = None
    entries: tuple[PoEntry, ...] = ()
    obsolete: tuple[PoEntry, ...] = ()
    trailer: tuple[str, ...] = ()
    line_end: str = "\n"

    @property
    def fields(self) -> dict[str, str]:
        """The header's fields by name, in their order."""
        lines = self.header.msgstr[0].split("\n") if self.header else ()
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.strip(): value.strip() for name, _, value in pairs}
