"""PO files read with care: every entry with its comments and its place, and a diagnostic for whatever is odd.

The format is that of https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. An entry that can't be
read is left out and named; the others are there all the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load import collection_paused
from kb_gen.locales.po.entries import Key, PoEntry, PoFile, PreviousText
from kb_gen.locales.po.strings import bad_escape, unescape

__all__ = ["MAX_BYTES", "decode_po", "po_text", "read_po", "read_po_bytes", "read_po_file", "read_po_text"]

MAX_BYTES = 200_000_000
"""The largest catalog that is read: well over the 100,000 messages of a large knowledge base."""

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[([0-9]{1,3})\])?[ \t]*(?=\")")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*\Z')
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\Z")
_CONFLICT_MARKS = frozenset("<|=>")
_BLANKS = " \t\r\f\v"
_REFERENCE = re.compile("\u2068([^\u2069]*)\u2069|(\\S+)")


def decode_po(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """The text of a catalog, without a byte order mark. What isn't UTF-8 has no text."""
    marked = data.startswith(codecs.BOM_UTF8)
    findings = (
        [
            error(
                "catalog-byte-order-mark",
                "the catalog begins with a byte order mark, which msgfmt doesn't accept",
                Place(path, 0, 0),
                help="save it as UTF-8 without a byte order mark",
            )
        ]
        if marked
        else []
    )
    content = data[len(codecs.BOM_UTF8) :] if marked else data
    if _looks_like_utf_16(content):
        wide = error(
            "catalog-not-utf-8",
            "the catalog is in UTF-16",
            Place(path, 0, 1),
            help="save it as UTF-8, or convert it: iconv --from-code=UTF-16 --to-code=UTF-8",
        )
        return "", [*findings, wide]
    try:
        text = content.decode()
        return text, [*findings, *_null_character(text, path)]
    except UnicodeDecodeError as reason:
        before = len(content[: reason.start].decode("utf-8", "replace"))
        charset = re.search(rb"charset=([\w-]+)", content[:4096])
        named = charset[1].decode("ascii") if charset else "no charset"
        wrong = error(
            "catalog-not-utf-8",
            f"byte 0x{content[reason.start]:02X} at this place isn't UTF-8 (the header says {named})",
            Place(path, before, before + 1),
            help="convert it: msgconv --to-code=UTF-8",
        )
        return "", [*findings, wrong]


def _looks_like_utf_16(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    # In texts of Latin letters, every second byte is null, and hardly any of the others.
    first, second = content[:4096:2], content[1:4096:2]
    fewer, more = sorted((first.count(0), second.count(0)))
    return more > len(second) * 0.8 and fewer < len(second) * 0.2


def _null_character(text: str, path: str) -> Iterator[Diagnostic]:
    """Finds the first null character: where a disk failed or a machine stopped, files have many of them."""
    place = text.find("\0")
    if place >= 0:
        yield error(
            "catalog-null-character",
            "there is a null character at this place, as in files that were damaged when they were written",
            Place(path, place, place + 1),
            help="take the catalog back from version control, or delete the character",
        )


def read_po_bytes(root: Path, path: str) -> bytes | Diagnostic:
    """What a catalog on disk holds, or why that can't be read.

    Args:
        root: the folder that `path` is relative to, and that the file must not lead out of.
        path: the file, with `/`.
    """
    file = root / path
    try:
        if not file.resolve(strict=True).is_relative_to(root.resolve()):
            return error(
                "outside-tree",
                "the catalog leads out of the project's folder",
                Place(path),
                help="copy the file into the folder, in the place of the link",
            )
        if file.stat().st_size > MAX_BYTES:
            return error(
                "file-too-large",
                f"the catalog is larger than {MAX_BYTES // 1_000_000} MB",
                Place(path),
                help="see whether it is a catalog at all, and put one there",
            )
        return file.read_bytes()
    except OSError as reason:
        words = (reason.strerror or type(reason).__name__).lower()
        helps = {
            IsADirectoryError: "rename or remove the folder, which has the name of a catalog",
            PermissionError: "give yourself the right to read it",
        }
        help = helps.get(type(reason), "mend or remove the link")  # noqa: A001
        return error("unreadable-file", f"the catalog can't be read: {words}", Place(path), help)


def po_text(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a catalog that holds `data`; None where there is none to be had, with the reason."""
    text, findings = decode_po(data, path)
    undecodable = any(finding.code == "catalog-not-utf-8" for finding in findings)
    return None if undecodable else text, findings


def read_po_text(root: Path, path: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a catalog on disk; None where there is none to be had, with the reason. Arguments as above."""
    data = read_po_bytes(root, path)
    return (None, [data]) if isinstance(data, Diagnostic) else po_text(data, path)


def read_po_file(root: Path, path: str) -> tuple[PoFile | None, list[Diagnostic]]:
    """A catalog on disk, with everything that is odd about it; None where it has no text."""
    text, findings = read_po_text(root, path)
    if text is None:
        return None, findings
    catalog, more = read_po(text, path)
    return catalog, findings + more


def read_po(text: str, path: str) -> tuple[PoFile, list[Diagnostic]]:
    """The entries of a catalog's text, and what is odd about it; places are offsets into `text`."""
    reading = _Reading(text, path)
    with collection_paused():
        for start, line in _lines(text):
            reading.line(start, line)
        reading.finish(len(text))
        return _assembled(reading, text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _assembled(reading: _Reading, text: str) -> tuple[PoFile, list[Diagnostic]]:
    # msgfmt takes an obsolete entry for a duplicate as well.
    known: dict[Key, PoEntry] = {}
    for entry in sorted(reading.entries, key=lambda entry: entry.obsolete):
        first = known.setdefault(entry.key, entry)
        if first is not entry:
            reading.findings.append(_duplicate(entry, first, reading.path))
    header = known.pop(Key(None, ""), None)
    entries = tuple(entry for entry in known.values() if not entry.obsolete)
    obsolete = tuple(entry for entry in known.values() if entry.obsolete)
    findings = sorted(reading.findings, key=lambda finding: (finding.place.start or 0) if finding.place else 0)
    line_end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    return PoFile(header, entries, obsolete, tuple(reading.trailer), line_end), findings


def _duplicate(entry: PoEntry, first: PoEntry, path: str) -> Diagnostic:
    return error(
        "catalog-duplicate-message",
        "the catalog has this message twice" if entry.msgid else "the catalog has two headers",
        Place(path, *entry.msgid_at),
        help="keep the better translation and delete the other entry",
        related=(Place(path, *first.msgid_at, label="first here"),),
    )


_FIELDS = ("msgctxt", "msgid", "msgid_plural")


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    start: int
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    msgstr: list[str] = field(default_factory=list)
    msgid_at: tuple[int, int] = (0, 0)
    msgstr_at: list[tuple[int, int]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    obsolete: bool = False
    wrong: bool = False
    last: str = ""
    last_previous: str = ""


class _Reading:
    """One pass over the lines of a file."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self._text = text
        self.entries: list[PoEntry] = []
        self.findings: list[Diagnostic] = []
        self.trailer: list[str] = []
        self._draft: _Draft | None = None
        self._end = 0
        self._conflict = False
        self._resuming = False
        self._straying = False

    def line(self, start: int, line: str) -> None:
        """Takes the next line, which begins at offset `start`."""
        content = line.strip(_BLANKS)
        first = content[:1]
        marker = _CONFLICT.match(content) if first in _CONFLICT_MARKS else None
        if marker or self._conflict:
            self._in_conflict(start, content, marker[1][0] if marker else "")
        elif not content:
            self._resuming = False
        elif self._resuming and first == '"':
            return  # the rest of a string that the conflict cut in two
        else:
            at = start if line[0] == first else start + len(line) - len(line.lstrip(_BLANKS))
            if first == "#":
                self._resuming = False
                self._comment(at, content)
            else:
                self._statement(at, content)
        self._end = start + len(line)

    def finish(self, end: int) -> None:
        """The file has ended."""
        draft = self._draft
        if draft and not draft.body and not draft.wrong:
            if draft.extracted or draft.references or draft.flags or draft.previous:
                self._cut_off(draft, end)
            self.trailer.extend(f"#{comment}" for comment in draft.comments)
        elif draft:
            self._flush()
        if self._conflict:
            self.findings.append(
                error(
                    "catalog-merge-conflict",
                    "the merge conflict has no end",
                    Place(self.path, end, end),
                    help="keep one side of it, and remove the marks `<<<<<<<` and `=======`",
                )
            )

    def _cut_off(self, draft: _Draft, end: int) -> None:
        self.findings.append(
            error(
                "catalog-syntax",
                "the file ends in the comments of an entry, as if it had been cut off",
                Place(self.path, draft.start, max(draft.start, len(self._text[:end].rstrip()))),
                help="take the catalog back from version control, or delete these comments",
            )
        )

    def _in_conflict(self, start: int, content: str, marker: str) -> None:
        if marker == "<" and not self._conflict:
            self._conflict, self._draft = True, None
            self.findings.append(
                error(
                    "catalog-merge-conflict",
                    "the catalog holds an unresolved merge conflict",
                    Place(self.path, start, start + len(content)),
                    help="keep one side of it, or both where they are different messages, and remove the marks",
                )
            )
        elif marker == ">" and self._conflict:
            self._conflict, self._resuming = False, True
        elif not self._conflict:
            self.findings.append(
                error(
                    "catalog-merge-conflict",
                    "this is a merge conflict's mark without its beginning",
                    Place(self.path, start, start + len(content)),
                    help="remove it",
                )
            )

    def _open(self, start: int) -> _Draft:
        """The entry that a line belongs to which can't follow a finished one."""
        if self._draft and self._draft.msgstr:
            self._flush()
        if self._draft is None:
            self._draft = _Draft(start)
        return self._draft

    def _comment(self, start: int, content: str) -> None:
        kind = content[1:2]
        if kind == "~":
            self._obsolete(start, content)
            return
        draft = self._open(start)
        match kind:
            case ".":
                draft.extracted.append(content[2:].removeprefix(" "))
            case ":":
                path = content[3:]
                if content[2:3] == " " and path.isprintable() and " " not in path:
                    draft.references.append(path)  # as nearly always
                else:
                    draft.references.extend(match[1] or match[2] for match in _REFERENCE.finditer(content[2:]))
            case ",":
                draft.flags.extend(flag for part in content[2:].split(",") if (flag := part.strip()))
            case "|":
                inner = content[2:].strip()
                self._previous(start + content.index(inner, 2), inner, draft)
            case _:
                draft.comments.append(content[1:])

    def _obsolete(self, start: int, content: str) -> None:
        inner = content[2:].strip()
        at = start + content.index(inner, 2) if inner else start
        if inner.startswith("|"):
            self._previous(at, inner[1:].strip(), self._open(start))
        elif inner:
            self._statement(at, inner, obsolete_from=start)

    def _previous(self, start: int, content: str, draft: _Draft) -> None:
        keyword = _KEYWORD.match(content)
        string = _STRING.match(content, keyword.end() if keyword else 0)
        if not string or not (keyword or draft.last_previous):
            # The entry itself is none the worse for it.
            place = Place(self.path, start, start + len(content))
            help = 'write `#| msgid "…"`, or remove the line'  # noqa: A001
            self.findings.append(error("catalog-syntax", "this previous text can't be read", place, help))
            return
        name = keyword[1] if keyword else draft.last_previous
        draft.previous[name] = draft.previous.get(name, "") + unescape(string[1])
        draft.last_previous = name

    def _statement(self, at: int, content: str, obsolete_from: int | None = None) -> None:
        keyword = _KEYWORD.match(content)
        if keyword:
            self._resuming = self._straying = False
            self._keyword(at, content, keyword, obsolete_from)
        elif content[0] == '"':
            self._continuation(at, content)
        elif not self._resuming:
            self._stray(at, content, "this is no line of a PO file")

    def _stray(self, at: int, content: str, message: str) -> None:
        """A line that belongs to nothing; an entry that it cuts in two is left out."""
        draft = self._draft
        if draft and draft.msgstr:
            self._flush()
        elif draft and draft.body:
            self._wrong(draft, at, content, "catalog-syntax", message)
            return
        # Of many such lines, as in a file that is something else, the first one says it all.
        if not self._straying:
            self._wrong(_Draft(at), at, content, "catalog-syntax", message)
        self._straying = True

    def _keyword(self, at: int, content: str, keyword: re.Match[str], obsolete_from: int | None) -> None:
        obsolete = obsolete_from is not None
        name, index = keyword[1], keyword[2]
        draft = self._draft
        if draft and draft.body and self._begins_entry(name, draft, obsolete):
            self._flush()
        draft = self._draft or _Draft(at if obsolete_from is None else obsolete_from)
        self._draft = draft
        draft.obsolete = obsolete
        draft.last = name
        draft.body.append(content)
        inside = self._string(at, content, keyword.end(), draft)
        place = (at + keyword.end(), at + len(content))
        if name == "msgstr":
            expected = int(index) if index else 0
            if expected != len(draft.msgstr) or (index is None) == ("msgid_plural" in draft.texts):
                self._wrong(draft, at, content, "catalog-syntax", "this plural form is out of its order")
            draft.msgstr.append(inside)
            draft.msgstr_at.append(place)
            return
        draft.texts[name] = inside
        if name == "msgid":
            draft.msgid_at = place

    @staticmethod
    def _begins_entry(name: str, draft: _Draft, obsolete: bool) -> bool:
        if obsolete != draft.obsolete or (draft.msgstr and name != "msgstr"):
            return True
        return name in draft.texts or (name == "msgctxt" and "msgid" in draft.texts)

    def _continuation(self, at: int, content: str) -> None:
        draft = self._draft
        if not draft or not draft.last:
            self._stray(at, content, "this string belongs to no msgid or msgstr")
            return
        inside = self._string(at, content, 0, draft)
        draft.body.append(content)
        end = at + len(content)
        if draft.last == "msgstr":
            draft.msgstr[-1] += inside
            draft.msgstr_at[-1] = (draft.msgstr_at[-1][0], end)
            return
        draft.texts[draft.last] += inside
        if draft.last == "msgid":
            draft.msgid_at = (draft.msgid_at[0], end)

    def _string(self, at: int, content: str, position: int, draft: _Draft) -> str:
        string = _STRING.match(content, position)
        if not string:
            self._wrong(
                draft, at + position, content[position:], "catalog-unterminated-string", "the string has no end"
            )
            return content[position + 1 :]
        inside = string[1]
        escape = bad_escape(inside)
        if escape is not None:
            place = at + position + 1 + escape
            self._wrong(draft, place, inside[escape : escape + 2], "catalog-bad-escape", "this escape has no meaning")
        return unescape(inside)

    def _wrong(self, draft: _Draft, start: int, content: str, code: str, message: str) -> None:
        helps = {
            "catalog-unterminated-string": 'end it with `"`; a quote inside it is written `\\"`',
            "catalog-bad-escape": "a backslash is written `\\\\`",
            "catalog-syntax": 'an entry is `msgid "…"` and `msgstr "…"`, in this order; a note begins with `#`',
        }
        if not draft.wrong:
            place = Place(self.path, start, start + len(content))
            self.findings.append(error(code, message, place, help=helps.get(code, "")))
        draft.wrong = True

    def _flush(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None or draft.wrong:
            return
        missing = "msgid" if "msgid" not in draft.texts else "msgstr" if not draft.msgstr else ""
        if missing:
            self._wrong(draft, draft.start, draft.body[0], "catalog-syntax", f"the entry has no {missing}")
            return
        self.entries.append(_entry(draft, self._text[draft.start : self._end].rstrip()))


def _entry(draft: _Draft, raw: str) -> PoEntry:
    previous = draft.previous
    return PoEntry(
        msgid=draft.texts["msgid"],
        msgstr=tuple(draft.msgstr),
        context=draft.texts.get("msgctxt"),
        msgid_plural=draft.texts.get("msgid_plural"),
        comments=tuple(draft.comments),
        extracted=tuple(draft.extracted),
        references=tuple(draft.references),
        flags=tuple(draft.flags),
        previous=PreviousText(previous["msgid"], previous.get("msgid_plural"), previous.get("msgctxt"))
        if "msgid" in previous
        else None,
        obsolete=draft.obsolete,
        body="\n".join(draft.body) + "\n",
        raw=raw.replace("\r\n", "\n") + "\n",
        span=(draft.start, draft.start + len(raw)),
        msgid_at=draft.msgid_at,
        msgstr_at=tuple(draft.msgstr_at),
    )
