"""The catalogs of one locale: what they say, as they were last seen whole, and edits written into them.

Other programs write these files as well, and not all in one step: one that is shorter than it was, or that can't be
read, may be caught half-way. Such a state is never believed at once, and never written back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.load import digest, replace_atomically
from kb_gen.locales import Catalog, CatalogFile, Catalogs, CatalogSource, Edit, Edited, catalog_path
from kb_gen.locales.catalogs import catalog_file, catalog_sources, catalogs_of, read_unchecked
from kb_gen.locales.edits import edited_text
from kb_gen.locales.headers import creation_date, with_field
from kb_gen.locales.locks import locked_catalog
from kb_gen.locales.po import Key, PoEntry, PoFile, po_text, read_lookup, read_po, read_po_bytes, write_entry

__all__ = ["Changed", "Saved", "Shelf", "Signature", "signature"]

_OPEN = 8
"""How many catalogs are kept as they were read with care: each takes ten times its file's memory."""

_TAIL = 200


Signature = tuple[int, int, int]
"""When a file was written last, its size, and which file of the disk it is."""


def signature(file: Path) -> Signature:
    """What tells a state of a file from another; zeros where there is none."""
    try:
        state = file.stat()
    except OSError:
        return (0, 0, 0)
    return state.st_mtime_ns, state.st_size, state.st_ino


class Changed(Exception):  # noqa: N818 - says what has happened, which is no error
    """A catalog isn't what was last seen of it: it has to be looked at again before anything is written."""


class _Seen(Struct, frozen=True):
    """A catalog's file as it was last seen whole."""

    digest: bytes
    size: int
    tail: bytes


class _Held(Struct, frozen=True):
    """A catalog as it was read with care."""

    digest: bytes
    data: bytes
    text: str
    catalog: PoFile
    entries: Mapping[Key, PoEntry]


def _held(data: bytes, text: str, catalog: PoFile) -> _Held:
    return _Held(digest(data), data, text, catalog, {entry.key: entry for entry in catalog.entries})


class Saved(Struct, frozen=True):
    """What became of edits, and what kept them from being written, if anything did."""

    edited: tuple[Edited, ...]
    findings: tuple[Diagnostic, ...] = ()


def _is_serious(finding: Diagnostic) -> bool:
    """Whether a catalog can't be worked on until somebody has mended this. Byte order marks go with the next save."""
    return finding.severity is Severity.ERROR and finding.code != "catalog-byte-order-mark"


class Shelf:
    """The catalogs of a locale, with those of the locales that it falls back to. Used by one thread at a time.

    Attributes:
        tag: the locale's BCP 47 tag.
        catalogs: what all its catalogs say.
    """

    def __init__(self, root: Path, tag: str, translations: str, translator: str = "") -> None:
        """Read all catalogs.

        Args:
            root: the project's root.
            tag: the locale's BCP 47 tag.
            translations: the folder of the catalogs, relative to `root`.
            translator: name and address for the headers of catalogs that are changed; empty to leave them alone.

        Raises:
            UnknownLocale: there is no such locale.
        """
        self.root = root
        self.tag = tag
        self._translations = translations
        self._translator = translator
        self._signed: set[str] = set()
        self._files: dict[CatalogSource, CatalogFile] = {}
        self._seen: dict[str, _Seen] = {}
        self._read: OrderedDict[str, _Held] = OrderedDict()
        self.catalogs = Catalogs()
        self.look_for_files()

    def path(self, domain: str) -> str:
        """Where a domain's catalog is, relative to the root."""
        return catalog_path(self._translations, self.tag, domain)

    @property
    def folder(self) -> Path:
        """The folder of the locale's own catalogs."""
        return (self.root / self.path("ui")).parent

    def domains(self) -> tuple[str, ...]:
        """The domains of which there is a catalog."""
        return tuple(self._seen)

    def look_for_files(self) -> None:
        """Take up catalogs that are new, and forget those that are gone."""
        sources = catalog_sources(self.root, (self.tag,), self._translations, {})[self.tag]
        own = {source.domain: source for source in sources if self._is_own(source)}
        self._files = {source: self._files.get(source) or read_unchecked(source) for source in sources}
        self._seen = {domain: self._seen.get(domain) or self._look(domain)[0] for domain in own}
        self._gather()

    def _is_own(self, source: CatalogSource) -> bool:
        return source.root == self.root and source.path == self.path(source.domain)

    def _gather(self) -> None:
        self.catalogs = catalogs_of({self.tag: list(self._files)}, self._files)

    def _look(self, domain: str) -> tuple[_Seen, bytes]:
        found = read_po_bytes(self.root, self.path(domain))
        data = b"" if isinstance(found, Diagnostic) else found
        return _Seen(digest(data), len(data), data[-_TAIL:]), data

    def said(self, domain: str) -> Catalog:
        """What a domain's own catalog says, without those that it falls back to."""
        return Catalog((self._file(domain),))

    def shown(self, domain: str) -> Catalog:
        """What readers see of a domain: what its own catalog says, and where that says nothing, what others do."""
        return Catalog(tuple([file for source, file in self._files.items() if source.domain == domain]))

    def _file(self, domain: str) -> CatalogFile:
        own = (file for source, file in self._files.items() if source.domain == domain and self._is_own(source))
        return next(own, CatalogFile())

    def problems(self, domain: str) -> list[Diagnostic]:
        """What keeps a catalog from being worked on."""
        return [finding for finding in self._file(domain).findings if _is_serious(finding)]

    def header(self, domain: str) -> Mapping[str, str]:
        """The fields of a catalog's header.

        Raises:
            Changed: the catalog isn't what was last seen.
        """
        held = self._hold(domain)
        return held.catalog.fields if held else {}

    def entries(self, domain: str) -> Mapping[Key, PoEntry]:
        """What stands in a domain's catalog; nothing where it can't be read.

        Raises:
            Changed: it isn't what was last seen.
        """
        held = self._hold(domain)
        return held.entries if held else {}

    def _hold(self, domain: str) -> _Held | None:
        seen = self._seen.get(domain)
        if seen is None:
            return None
        held = self._read.get(domain)
        if held is None or held.digest != seen.digest:
            now, data = self._look(domain)
            if now.digest != seen.digest:
                raise Changed(domain)
            text, _ = po_text(data, self.path(domain))
            if text is None:
                return None
            catalog, findings = read_po(text, self.path(domain))
            if any(map(_is_serious, findings)):
                return None
            held = self._read[domain] = _held(data, text, catalog)
        self._read.move_to_end(domain)
        while len(self._read) > _OPEN:
            self._read.popitem(last=False)
        return held

    def is_changed(self, domain: str) -> bool:
        """Whether a catalog's file isn't what was last seen of it."""
        seen = self._seen.get(domain)
        if seen is None:
            return (self.root / self.path(domain)).is_file()
        return self._look(domain)[0].digest != seen.digest

    def is_doubtful(self, domain: str) -> bool:
        """Whether a catalog's file looks as if somebody were in the middle of writing it."""
        now, data = self._look(domain)
        seen = self._seen.get(domain)
        if seen is not None and now.digest == seen.digest:
            return False
        if not data.strip():
            return True
        if seen is not None and now.size < seen.size and now.tail != seen.tail:
            return True
        return self._problems(domain, data) != []

    def _problems(self, domain: str, data: bytes) -> list[Diagnostic]:
        path = self.path(domain)
        text, findings = po_text(data, path)
        if text is not None:
            findings = [*findings, *read_po(text, path)[1]]
        return [finding for finding in findings if _is_serious(finding)]

    def absorb(self, domain: str, rested: Signature) -> None:
        """Take what a catalog's file says for the truth.

        Args:
            domain: the catalog.
            rested: the state of its file that has rested, and may be believed.

        Raises:
            Changed: the file isn't in that state any more.
        """
        path = self.root / self.path(domain)
        source = CatalogSource(self.root, self.path(domain), self.tag)
        seen, file = self._look(domain)[0], read_unchecked(source)
        # Looked at afterwards: whoever has written meanwhile may have been in the middle of it.
        if signature(path) != rested:
            raise Changed(domain)
        if domain not in self._seen or not path.is_file():
            self.look_for_files()
            return
        self._seen[domain] = seen
        self._files[source] = file
        self._gather()

    def save(self, domain: str, edits: Sequence[Edit], promise: Callable[[Sequence[Edited]], None]) -> Saved:
        """Write edits into a catalog, if that is what was last seen of it.

        Args:
            domain: the catalog.
            edits: what to write, at most one for an entry.
            promise: is told of what is about to be written, each edit with the entry as it was.

        Raises:
            Changed: it isn't, or somebody has written it meanwhile; nothing was written.
            CatalogBusy: another program of this project doesn't let go of it.
            OSError: it can't be written.
            UnicodeEncodeError: a translation holds half of a surrogate pair.
        """
        path = self.path(domain)
        with locked_catalog(self.root, path):
            if self.is_changed(domain):
                raise Changed(domain)
            held = self._hold(domain)
            if held is None:
                return Saved((), tuple(self._problems(domain, self._look(domain)[1])))
            fresh, done = edited_text(held.text, held.catalog, edits)
            if fresh == held.text:
                return Saved(done)
            fresh = self._signed_text(fresh, path)
            written = fresh.encode()
            promise([Edited(one.edit, one.outcome, held.entries.get(one.edit.key)) for one in done])
            if not replace_atomically(self.root / path, held.data, written):
                raise Changed(domain)
            self._signed.add(path)
            self._keep(domain, written, fresh)
        return Saved(done)

    def _keep(self, domain: str, data: bytes, text: str) -> None:
        """Take what was written for the truth; nobody has to read it again."""
        path = self.path(domain)
        self._seen[domain] = _Seen(digest(data), len(data), data[-_TAIL:])
        self._read[domain] = _held(data, text, read_po(text, path)[0])
        lookup, odd = read_lookup(text, path)
        self._files[CatalogSource(self.root, path, self.tag)] = catalog_file(lookup, tuple(odd))
        self._gather()

    def _signed_text(self, text: str, path: str) -> str:
        """A catalog's text with the translator in its header: once a session, or each save would be another date."""
        if not self._translator or path in self._signed:
            return text
        catalog, _ = read_po(text, path)
        if catalog.header is None:
            return text
        header = with_field(catalog.header, "PO-Revision-Date", creation_date())
        header = with_field(header, "Last-Translator", self._translator)
        start, end = catalog.header.span
        lines = write_entry(header).removesuffix("\n").replace("\n", catalog.line_end)
        return text[:start] + lines + text[end:]
