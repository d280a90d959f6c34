"""Shells: pages rendered once by the theme with markers for what differs, then filled by joining pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from kb_gen.render.html import escaped
from kb_gen.site.engines import PageParts

__all__ = [
    "SLOTS",
    "Shell",
    "ShellError",
    "address",
    "fill",
    "marker",
    "relative_url",
    "slot_values",
    "split",
    "unused_token",
]

SLOTS = (
    "title",
    "description",
    "canonical",
    "previous-url",
    "previous-title",
    "next-url",
    "next-title",
    "edit",
    "raw",
    "default",
    "body",
)


class ShellError(RuntimeError):
    """The theme, or a plugin, doesn't let a page be taken apart where it must be."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the theme or a plugin {what}")


@dataclass(frozen=True, slots=True)
class Shell:
    """A rendered page in pieces: fixed bytes, with an empty piece for each of `slots`, which are place and name."""

    pieces: tuple[bytes, ...]
    slots: tuple[tuple[int, str], ...]


def unused_token(texts: str) -> str:
    """A word for markers that occurs nowhere in `texts`, which will stand in the shell beside them."""
    return next(token for token in map("kbslot{}".format, count()) if token not in texts)


def marker(token: str, name: str) -> str:
    """The text that stands in a shell for one slot.

    As a URL it begins with `#` and so passes MkDocs' `url` filter untouched; as a body it has a heading, which
    Material would add otherwise.
    """
    return f"<h1>#{token}:body:{token}#</h1>" if name == "body" else f"#{token}:{name}:{token}#"


def split(html: str, token: str) -> Shell:
    """Cut a rendered page at its markers.

    Raises:
        ShellError: if the body is missing, or a marker was changed on its way through templates and plugins.
    """
    pieces: list[bytes] = []
    slots: list[tuple[int, str]] = []
    end = 0
    for match in re.finditer(rf"<h1>#{token}:(body):{token}#</h1>|#{token}:([a-z0-9-]+):{token}#", html):
        pieces += (_encode(html[end : match.start()]), b"")
        slots.append((len(pieces) - 1, match[1] or match[2]))
        end = match.end()
    pieces.append(_encode(html[end:]))
    if [name for _, name in slots].count("body") != 1:
        raise ShellError("doesn't show a page's content exactly once")
    for piece in pieces:
        before, found, after = piece.decode().partition(token)
        if found:
            raise ShellError(f"changes what differs between pages: …{before[-40:]}{found}{after[:40]}…")
    return Shell(tuple(pieces), tuple(slots))


def fill(shell: Shell, values: Mapping[str, str]) -> bytes:
    """The page: the shell's pieces with `values` between them. Values are never searched for markers."""
    pieces = list(shell.pieces)
    try:
        for place, name in shell.slots:
            pieces[place] = values[name].encode()
    except UnicodeEncodeError:
        # Half a surrogate pair, which a text may have.
        for place, name in shell.slots:
            pieces[place] = _encode(values[name])
    return b"".join(pieces)


def slot_values(parts: PageParts, site_url: str, home: str) -> dict[str, str]:
    """What stands in a page's slots, as HTML. This is the one place where parts are escaped.

    Args:
        parts: the page.
        site_url: the site's own absolute address, ending in `/`, or nothing if it has none.
        home: URL of the home page of the page's locale.
    """
    # Split once for all of the page's links.
    here = parts.url.split("/")
    here.pop()
    values = {
        "title": escaped(parts.title),
        "description": escaped(parts.description),
        "body": parts.body,
    }
    if site_url:
        values["canonical"] = address(parts.url, site_url)
    for side, link in (("previous", parts.previous), ("next", parts.next)):
        if link is not None:
            values[f"{side}-url"] = _relative(link.url, here)
            values[f"{side}-title"] = escaped(link.title)
    if parts.edit_url is not None:
        values["edit"] = escaped(parts.edit_url)
        # As Material's own template makes the address of the source from the address of its editor.
        values["raw"] = values["edit"].replace("blob" if "/blob/" in parts.edit_url else "edit", "raw")
    for index, alternate in enumerate(parts.alternates):
        relative = _relative(alternate.url, here)
        values[f"alternate-{index}"] = relative
        values[f"address-{index}"] = address(alternate.url, site_url) if site_url else relative
    if parts.alternates and parts.alternates[0].exact:
        values["default"] = values["address-0"]
    if parts.url == home:
        values["default"] = site_url or _relative("index.html", here)
    return values


def relative_url(url: str, page: str) -> str:
    """The URL of one file of the site as seen from another, both from the site's root: as MkDocs has it, but faster.

    Neither has empty segments, or dots as segments, as MkDocs' `get_relative_url` allows for.
    """
    here = page.split("/")
    here.pop()
    return _relative(url, here)


def _relative(url: str, here: Sequence[str]) -> str:
    """The URL of a file as seen from a page in the folder `here`."""
    there = url.split("/")
    common = 0
    for own, other in zip(here, there, strict=False):
        if own != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def address(url: str, site_url: str) -> str:
    """The absolute address of a page, without the file name that a web server adds by itself."""
    return site_url + url.removesuffix("index.html")


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "xmlcharrefreplace")
