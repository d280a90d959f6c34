"""The index of Zensical's search: one per locale, from entries instead of from parsed pages.

The format is that of the `search.json` that Zensical writes: `config` with what separates words, and `items`. Titles
and texts are shown as HTML. `terms` is ours, for the field that is added to the search worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from kb_gen.site.engines import SearchEntry

__all__ = ["handwritten_entries", "index_file", "index_item"]

# What stands between words. A full stop inside a number or address (`14.0`) joins; `_` belongs to identifiers; HTML's
# three entities are in the text because it is shown as HTML.
_SEPARATOR = (
    r"""(?:&(?:amp|lt|gt);|[\s\-\u200b\u3000\u2010-\u2027\u2030-\u205e\u00ab\u00bb\u060c\u061b\u061f"""
    r"""\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"""
    r"""!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]|\.(?!\d))+"""
)


def index_item(entry: SearchEntry) -> bytes:
    """What the index has of an entry, as finished JSON."""
    return _json(_item(entry, f"{entry.locale.lower()}/"))


def index_file(locale: str, items: Iterable[bytes], separator: str | None) -> bytes:
    """The index as JSON.

    Args:
        locale: BCP 47 tag; the worker takes Chinese, Japanese and Korean apart by it.
        items: what can be found, see `index_item`.
        separator: a regular expression of what stands between words, where the author has set one.
    """
    head = {"lang": [locale], "separator": separator or _SEPARATOR}
    return b'{"config":%b,"items":[%b]}' % (_json(head), b",".join(items))


def _item(entry: SearchEntry, root: str) -> dict[str, object]:
    return {
        "location": entry.url.removeprefix(root),
        "level": 2 if "#" in entry.url else 1,
        # The script that shows results knows no other entities than those of `&`, `<` and `>`.
        "title": escape(entry.title, quote=False),
        "text": escape(entry.text, quote=False),
        "path": [],
        "tags": [],
        "terms": " ".join(entry.terms),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def handwritten_entries(locale: str, items: Iterable[Mapping[str, Any]]) -> Iterator[SearchEntry]:
    """What Zensical has indexed of hand-written pages, with explicit addresses."""
    for item in items:
        place, mark, anchor = str(item["location"]).partition("#")
        url = place + "index.html" if place.endswith("/") else place
        yield SearchEntry(locale, f"{url}{mark}{anchor}", _plain(item["title"]), _plain(item["text"]))


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - what comes out is text
