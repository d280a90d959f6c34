"""The lookup page's files: small scripts, of which the browser loads the few that a question needs.

Scripts, because pages opened from disk may load nothing else. Each hands an object to `kbLookup.take`:

- `lookup/words.js`: filters that tell which words lead to templates, and how rare they are;
- `lookup/shards/<n>.js`: whatever leads to an event, each key in the shard that a hash of it names. The keys of
  messages are those of `kb_gen.messages.recognition`, and have templates with their events; `#1024` is an ID, `=symbol`
  a symbolic name, `~word` a word of one, and `@source` an event source;
- `<locale>/lookup/settings.js`: the locale, and how many files there are;
- `<locale>/lookup/events/<n>.js`: what is shown of events, by address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kb_gen.locales import lcid_table
from kb_gen.messages.recognition import Vocabulary, first_owners, keyed
from kb_gen.model import source_address
from kb_gen.site.answers.codes import id_keys
from kb_gen.site.answers.hashing import bucket, bucket_count, filter_of
from kb_gen.site.answers.known import MOST_WITH_WORD, KnownEvent, name_key, order_of_event, symbol_words
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset

__all__ = ["FindableEvent", "StoredTemplate", "finding_files", "shown_files"]

StoredTemplate = tuple[bytes, str]
"""A message template as JSON, and the words by which it is found, with blanks between them."""

_EVENTS_TOGETHER = 2
"""Events in a shard, in the mean. Each has several keys there, and its templates lie under two or three of theirs."""

_SHOWN_TOGETHER = 8
_WORDS_BYTES = 12_000
_CLASS_BYTES = 6_000
_NEXT_BYTES = 1_500
_MOST_EVENTS = 300

_ENCODER = msgspec.json.Encoder()


class FindableEvent(NamedTuple):
    """An event and its templates in all locales."""

    event: KnownEvent
    templates: Sequence[StoredTemplate]


def shown_files(
    rows: Sequence[bytes], addresses: Sequence[str], site: LocaleSite, context: SiteContext
) -> Iterator[Asset]:
    """A locale's files: its settings, and what is shown of events.

    Args:
        rows: what is shown of each event, see `LookupItem.row`.
        addresses: the events' addresses.
        site: the locale.
        context: the site.
    """
    count = bucket_count(len(rows), _SHOWN_TOGETHER)
    settings = {
        "locale": site.tag,
        "locales": {tag: other.path for tag, other in context.locales.items()},
        "lcids": {str(number): tag for number, tag in lcid_table(tuple(context.locales)).items()},
        "shards": bucket_count(len(rows), _EVENTS_TOGETHER),
        "events": count,
    }
    yield _script(f"{site.path}/lookup/settings.js", "settings", _ENCODER.encode(settings))
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for address, row in zip(addresses, rows, strict=True):
        buckets[bucket(address, count)].append(row)
    for number, own in enumerate(buckets):
        yield _script(f"{site.path}/lookup/events/{number}.js", f"events/{number}", b"{%b}" % b",".join(own))


def finding_files(events: Iterable[FindableEvent], sources: Mapping[str, str]) -> Iterator[Asset]:
    """The files that all locales share.

    Args:
        events: all events.
        sources: the addresses that products have chosen for sources, by the sources' names.
    """
    ordered = sorted(events, key=lambda each: order_of_event(each.event))
    references = [_ENCODER.encode((event.address, event.source, event.id, event.symbol)) for event, _ in ordered]
    count = bucket_count(len(ordered), _EVENTS_TOGETHER)
    buckets: list[list[bytes]] = [[] for _ in range(count)]

    def put(key: str, value: bytes) -> None:
        buckets[bucket(key, count)].append(b"%b:%b" % (_ENCODER.encode(key), value))

    yield _words(_put_templates(ordered, put))
    _put_names([each.event for each in ordered], references, sources, put)
    for number, own in enumerate(buckets):
        # In an order that doesn't depend on other shards' keys.
        yield _script(f"lookup/shards/{number}.js", f"shards/{number}", b"{%b}" % b",".join(sorted(own)))


def _put_templates(
    events: Sequence[FindableEvent], put: Callable[[str, bytes], None]
) -> tuple[dict[str, int], Iterable[str]]:
    """Put templates under their keys; gives the classes of words, and the keys."""
    references = [_ENCODER.encode((event.address, event.source, event.id)) for event, _ in events]
    owners: dict[StoredTemplate, list[int]] = {}
    for place, (_, templates) in enumerate(events):
        for template in templates:
            owners.setdefault(template, []).append(place)
    stored = [
        b"[%b,[%b]]" % (template, b",".join([references[place] for place in first_owners(own)]))
        for (template, _), own in owners.items()
    ]
    words = [joined.split(" ") if joined else [] for _, joined in owners]
    vocabulary = Vocabulary.of(words)
    lists = keyed(words, vocabulary)
    longer = _longer(lists)
    for key in dict.fromkeys((*lists, *longer)):
        parts = [b'"t":[%b]' % b",".join([stored[position] for position in lists[key]])] if key in lists else []
        if key in longer:
            parts.append(b'"n":%b' % _ENCODER.encode(filter_of(longer[key], _NEXT_BYTES)))
        put(key, b"{%b}" % b",".join(parts))
    return vocabulary.used(lists), lists


def _longer(keys: Iterable[str]) -> dict[str, set[str]]:
    """For each key that longer ones begin with, the words that follow it there."""
    found: dict[str, set[str]] = {}
    for key in keys:
        before, blank, word = key.rpartition(" ")
        while blank:
            found.setdefault(before, set()).add(word)
            before, blank, word = before.rpartition(" ")
    return found


def _words(told: tuple[dict[str, int], Iterable[str]]) -> Asset:
    """The filters: one for what keys begin with, and one for the words of each class and those above it."""
    classes, keys = told
    above = [
        [word for word, number in classes.items() if number > least]
        for least in range(max(classes.values(), default=0))
    ]
    filters = {
        "words": filter_of({key.partition(" ")[0] for key in keys}, _WORDS_BYTES),
        "classes": [filter_of(own, _CLASS_BYTES) for own in above],
    }
    return _script("lookup/words.js", "words", _ENCODER.encode(filters))


def _put_names(
    events: Sequence[KnownEvent],
    references: Sequence[bytes],
    sources: Mapping[str, str],
    put: Callable[[str, bytes], None],
) -> None:
    """Put events under their IDs, symbols and the words of these, and sources under their names."""
    found: dict[str, list[bytes]] = {}
    own_sources: dict[str, list[KnownEvent]] = {}
    words: dict[str, list[bytes]] = {}
    for event, reference in zip(events, references, strict=True):
        for key in id_keys(event.id):
            found.setdefault(f"#{key}", []).append(reference)
        for source, former in event.former:
            for key in id_keys(former):
                row = _ENCODER.encode((event.address, event.source, event.id, event.symbol, source))
                found.setdefault(f"#{key}", []).append(row)
        if key := name_key(event.symbol):
            found.setdefault(f"={key}", []).append(reference)
        for word in symbol_words(event.symbol):
            words.setdefault(f"~{word}", []).append(reference)
        own_sources.setdefault(name_key(event.source), []).append(event)
    for key, rows in found.items():
        put(key, b"[%b]" % b",".join(rows[:_MOST_EVENTS]))
    for key, rows in words.items():
        if len(rows) <= MOST_WITH_WORD:
            put(key, b"[%b]" % b",".join(rows))
    for key, own in own_sources.items():
        name = own[0].source
        put(f"@{key}", _ENCODER.encode((name, source_address(name, sources.get(name, "")), len(own))))


def _script(url: str, name: str, content: bytes) -> Asset:
    return Asset(url, b'kbLookup.take("%b",%b)\n' % (name.encode(), content))
