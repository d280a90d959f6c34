"""What each article is made from, as a fingerprint: the same fingerprint means the same article.

A fingerprint stands for the record, its neighbours in the source, the events that it names and the snippets that it
uses; for the catalogs that its texts are in; and for what all articles of a locale share: settings, products, the
words of the interface, the theme, and this program itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kb_gen.load import digest, format_version
from kb_gen.locales import SHARED_DOMAIN, UI_DOMAIN, record_domain
from kb_gen.markup import parse_event_target
from kb_gen.model import Entry, Product, Record, Step
from kb_gen.site.context import SiteContext, page_url
from kb_gen.site.engines import Engine, Link, PageParts, TocEntry
from kb_gen.site.outputs import Output
from kb_gen.validate import Facts

__all__ = ["article_prints", "list_versions", "program_version", "version_at"]

_ENCODER = msgspec.msgpack.Encoder()
_PROGRAM = ("diagnostics", "document", "load", "locales", "markup", "messages", "model", "render", "site", "validate")
"""Our own code that decides on what becomes of a project's files."""
_LIBRARIES = ("Babel", "Jinja2", "markdown-it-py", "MarkupSafe", "Pygments")
_NOBODY = ("", "")


def program_version() -> bytes | None:
    """What differs wherever another program might make other pages of the same; None where that can't be told."""
    return format_version(_PROGRAM, _LIBRARIES)


def version_at(version: bytes, output: Output) -> bytes:
    """The version of what is kept of one output, which tells nothing of another."""
    return digest(version + output.describe().encode("utf-8", "surrogateescape"))


def article_prints(context: SiteContext, engine: Engine, facts: Sequence[Facts]) -> dict[str, list[bytes]]:
    """The fingerprints of all articles, by locale, in the knowledge base's order.

    They don't tell of the words by which the search takes compounds apart: see `KeptPages`.

    Args:
        context: the site.
        engine: what puts the theme around articles.
        facts: what is known of the records, in the knowledge base's order.
    """
    program = program_version() or b""
    common = _digest(program, _site(context))
    own = list(_Records(context, facts).prints())
    return {
        tag: _in_locale(tag, context, own, _digest(common, _frame(tag, context, engine))) for tag in context.locales
    }


def list_versions(context: SiteContext, engine: Engine) -> dict[str, bytes] | None:
    """What a locale's lists depend on besides the articles, by locale, as 16 bytes; None where that can't be told."""
    program, frame = program_version(), engine.evidence()
    if program is None or frame is None:
        return None
    common = _digest(program, _site(context), frame, _ENCODER.encode(context.kb.products))
    catalogs = context.catalogs.catalog
    return {
        tag: _digest(common, catalogs(tag, UI_DOMAIN).print, catalogs(tag, SHARED_DOMAIN).print)
        for tag in context.locales
    }


def _in_locale(
    tag: str, context: SiteContext, own: Iterable[tuple[bytes, tuple[str, ...]]], common: bytes
) -> list[bytes]:
    catalogs: dict[str, bytes] = {}

    def catalog(domain: str) -> bytes:
        found = catalogs.get(domain)
        if found is None:
            found = catalogs[domain] = context.catalogs.catalog(tag, domain).print
        return found

    shared = _digest(common, catalog(UI_DOMAIN), catalog(SHARED_DOMAIN))
    return [_digest(shared, record, *map(catalog, domains)) for record, domains in own]


def _site(context: SiteContext) -> bytes:
    """What all articles in all locales depend on."""
    kb = context.kb
    places = (context.alternate_names, context.search, list(context.targets.book.shared))
    return _digest(
        repr(context.settings).encode("utf-8", "surrogatepass"),
        _ENCODER.encode((kb.categories, kb.paths, list(kb.products), places)),
    )


def _frame(tag: str, context: SiteContext, engine: Engine) -> bytes:
    """What the theme puts around articles of a locale, from two that have everything or hardly anything.

    The theme's templates see markers instead of an article, so that they can't tell one from another.
    """
    path = context.locales[tag].path
    url, link = page_url(path, "source/1"), Link("1", page_url(path, "source/2"))
    toc = (TocEntry("One", "one", 2, (TocEntry("Two", "two", 3),)),)
    alternates = context.alternates("source/1")
    edit_url = context.edit_url("1.yml")
    full = PageParts(tag, url, "1", "1", "<h1>1</h1>", toc, link, link, edit_url, alternates)
    return _digest(engine.page(full), engine.page(PageParts(tag, url, "1", "", "<h1>1</h1>", alternates=alternates)))


class _Records:
    """What each record contributes, the same in all locales."""

    def __init__(self, context: SiteContext, facts: Sequence[Facts]) -> None:
        self._kb = context.kb
        self._targets = context.targets
        self._facts = facts
        addresses = context.targets.book.addresses
        self._addresses = _digest(_ENCODER.encode(list(addresses.items())))
        self._snippets = {name: self._encoded(step) for name, step in self._kb.snippets.items()}
        uses = {name: tuple(_uses(step)) for name, step in self._kb.snippets.items()}
        self._used = {name: _all_used(name, uses) for name in uses}
        self._domains: dict[tuple[str, str], str] = {}
        self._volumes = context.volumes
        self._products = {key: self._encoded(product) for key, product in self._kb.products.items()}

    def _encoded(self, value: Step | Product) -> bytes:
        """A value that articles share; with every address, if it names an event."""
        encoded = _ENCODER.encode(value)
        return _digest(encoded, self._addresses if b"event:" in encoded else b"")

    def prints(self) -> Iterator[tuple[bytes, tuple[str, ...]]]:
        """Each record's fingerprint, and the domains of the catalogs that its article takes texts from."""
        entries, addresses = self._kb.entries, self._targets.book.addresses
        nobody: tuple[tuple[str, ...], tuple[str, str]] = ((), _NOBODY)
        own = [(entry.title, entry.identity) for entry in entries]
        places = [nobody, *[(identity[:2], (title, addresses[identity])) for title, identity in own], nobody]
        around = zip(places, places[1:], places[2:], strict=False)
        for entry, facts, (before, this, after) in zip(entries, self._facts, around, strict=True):
            beside = [place if of == this[0] else _NOBODY for of, place in (before, after)]
            named, domains = self._named(entry, facts)
            used = self._of_snippets(facts.uses) if facts.uses else ()
            yield (
                _digest(
                    _ENCODER.encode((facts.print, this[1], beside, named, self._volume(entry))),
                    self._products.get(facts.product, b""),
                    *used,
                ),
                domains,
            )

    def _volume(self, entry: Entry) -> tuple[str, int, int] | None:
        """The volume whose file its page leads to."""
        volume = self._volumes.get(entry.identity)
        return (volume.book, volume.number, volume.count) if volume else None

    def _named(self, entry: Entry, facts: Facts) -> tuple[list[object], tuple[str, ...]]:
        """The events that an article names and what it shows of them, and the domains of these and of its own."""
        found: list[object] = []
        domains = {self._domain(entry.record): None}
        for reference in (*facts.mentions, *entry.record.related):
            parsed = parse_event_target(reference.removeprefix("event:"))
            target = self._targets.find(*parsed) if parsed else None
            if target is None:
                found.append(None)
                continue
            found.append((target.address, target.title))
            if target.entry is not None and reference in entry.record.related:
                record = target.entry.record
                found.append((record.summary, record.context, record.parameters if "%" in record.summary else None))
                domains[self._domain(record)] = None
        return found, tuple(domains)

    def _domain(self, record: Record) -> str:
        """As `record_domain`: there are few sources, and many records of each."""
        source = (record.product, record.source)
        found = self._domains.get(source)
        if found is None:
            found = self._domains[source] = record_domain(record, self._kb)
        return found

    def _of_snippets(self, names: Iterable[str]) -> list[bytes]:
        """What stands for the snippets of these names and those that they use, each once."""
        found = {inner for name in names if name in self._used for inner in self._used[name]}
        return [self._snippets[name] for name in sorted(found)]


def _all_used(name: str, uses: Mapping[str, Sequence[str]]) -> list[str]:
    """A snippet, and those that it uses, directly or through others."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += [inner for inner in uses[name] if inner in uses]
    return list(found)


def _uses(step: Step) -> Iterator[str]:
    if step.use:
        yield step.use
    for inner in step.steps:
        yield from _uses(inner)


def _digest(*parts: bytes) -> bytes:
    # As msgpack, which tells their lengths, so that nothing can move from one part to the next.
    return hashlib.blake2b(_ENCODER.encode(parts), digest_size=16).digest()
