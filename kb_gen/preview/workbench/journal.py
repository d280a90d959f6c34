"""What translators have saved, written down before they are told so.

A catalog belongs to other programs as well: one that had it open may write an older state over it, and this program
may be killed. What was saved then still stands here, and is put back.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from kb_gen.load import make_folder, write_atomically
from kb_gen.locales import Before
from kb_gen.locales.po import Key, PoEntry

__all__ = ["Journal", "Promise", "Text"]


class Text(Struct, frozen=True, array_like=True):
    """What an entry says: its texts, whether they wait for approval, and the translator's comments."""

    msgstr: tuple[str, ...]
    fuzzy: bool = False
    comments: tuple[str, ...] = ()

    def says(self, other: Text) -> bool:
        """Whether both say the same; comments don't count."""
        return (self.msgstr, self.fuzzy) == (other.msgstr, other.fuzzy)

    @classmethod
    def of(cls, entry: PoEntry) -> Text:
        """What an entry says."""
        return cls(entry.msgstr, entry.fuzzy, entry.comments)

    @property
    def before(self) -> Before:
        """The same, as an edit names it."""
        return Before(self.msgstr, self.fuzzy)


class Promise(Struct, frozen=True, array_like=True):
    """A translation that a translator was told is saved.

    Attributes:
        domain: the catalog.
        context: the entry's context.
        msgid: the entry's source text.
        ours: what was saved last.
        pasts: what stood there before, one after the other: whoever writes one of these hasn't seen what was saved.
        kept: false for a record that takes the promise back, as the entry is somebody else's concern now.
    """

    domain: str
    context: str | None
    msgid: str
    ours: Text
    pasts: tuple[Text, ...] = ()
    kept: bool = True

    @property
    def key(self) -> Key:
        """The entry."""
        return Key(self.context, self.msgid)


_MOST_PASTS = 20
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Promise)


class Journal:
    """A file of promises, a line each, the later of which replace the earlier of the same entry."""

    def __init__(self, path: Path) -> None:
        """The journal at `path`, with what an earlier run has left there.

        Raises:
            OSError: it can't be read or written.
        """
        self._path = path
        self._file: BinaryIO | None = None
        self.promises: dict[tuple[str, Key], Promise] = {}
        make_folder(path.parent)
        data = path.read_bytes() if path.is_file() else b""
        for line in data.split(b"\n"):
            # The last line may be half written: nobody was told that it is saved.
            with contextlib.suppress(msgspec.DecodeError):
                self._take(_DECODER.decode(line))
        self.compact()

    def promise(self, domain: str, key: Key, ours: Text, before: Text) -> Promise:
        """Write down that an entry says `ours` instead of `before`. It is on the disk when this returns.

        Raises:
            OSError: it can't be written.
        """
        earlier = self.promises.get((domain, key))
        pasts = [past for past in (*(earlier.pasts if earlier else ()), before) if past != ours]
        fresh = Promise(domain, key.context, key.msgid, ours, tuple(pasts[-_MOST_PASTS:]))
        self._append(fresh)
        return fresh

    def restore(self, promise: Promise | None, domain: str, key: Key) -> None:
        """Promise what was promised before, or nothing."""
        current = self.promises.get((domain, key))
        if promise is not None:
            self._append(promise)
        elif current is not None:
            self._append(msgspec.structs.replace(current, kept=False))

    def compact(self) -> None:
        """Write the file anew with what counts; no file where nothing does."""
        self.close()
        if self.promises:
            write_atomically(self._path, b"".join(_line(one) for one in self.promises.values()))
        else:
            self._path.unlink(missing_ok=True)

    def keep_only(self, kept: Iterable[tuple[str, Key]]) -> None:
        """Forget all promises but these."""
        wanted = set(kept)
        self.promises = {name: promise for name, promise in self.promises.items() if name in wanted}
        self.compact()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, promise: Promise) -> None:
        if self._file is None:
            self._file = self._path.open("ab")
        self._file.write(_line(promise))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._take(promise)

    def _take(self, promise: Promise) -> None:
        name = (promise.domain, promise.key)
        if promise.kept:
            self.promises[name] = promise
        else:
            self.promises.pop(name, None)


def _line(promise: Promise) -> bytes:
    return _ENCODER.encode(promise) + b"\n"
