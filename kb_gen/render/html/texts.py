"""Many texts at once as HTML and as bare text, in a fraction of the time that they take one by one.

Their clear constructs are found in all of them together, and what is between these is escaped together. A property
test holds that they become what `words_html` and `plain` make of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb_gen.document import Writer, plain
from kb_gen.markup import Inline, Text, clear_texts, event_link, link, parse_inlines
from kb_gen.render.html.escaping import Html, escaped
from kb_gen.render.html.inlines import Href, inlines_html, parameter_html

__all__ = ["Rendered", "render_texts"]

_BETWEEN = "\0"


class Rendered(NamedTuple):
    """Texts, each as HTML and as bare text."""

    html: list[Html]
    text: list[str]


def render_texts(texts: Sequence[str], writer: Writer, href: Href) -> Rendered:
    """Texts as HTML, without elements that name their language, and as bare text.

    Args:
        texts: texts of units.
        writer: knows the insertion strings and events that they may name.
        href: gives the URLs of links.
    """
    joined = "".join(texts)
    if not texts or "\n" in joined or _BETWEEN in joined:
        return _one_by_one(texts, writer, href)
    found = clear_texts(texts)
    html: list[Html] = [""] * (2 * len(found.running) - 1)
    text = html.copy()
    html[::2] = escaped(_BETWEEN.join(found.running)).split(_BETWEEN)
    text[::2] = found.running
    place = 1
    for code, strong, emphasis, number, linked, target, percent, _, event in zip(*found.constructs, strict=True):
        if code is not None:
            html[place], text[place] = f"<code>{escaped(code)}</code>", code
        elif strong is not None:
            html[place], text[place] = f"<strong>{escaped(strong)}</strong>", strong
        elif number is not None:
            parameter = writer.parameter(int(number))
            html[place], text[place] = parameter_html(parameter), parameter.name
        elif emphasis is not None:
            html[place], text[place] = f"<em>{escaped(emphasis)}</em>", emphasis
        elif linked is not None:
            html[place], text[place] = _rendered((link(target or "", (Text(linked),)),), writer, href)
        elif event is not None:
            html[place], text[place] = _rendered((event_link(event, ()),), writer, href)
        else:
            html[place] = text[place] = "_" if percent is None else "%"
        place += 2
    rendered = Rendered("".join(html).split("\n"), "".join(text).split("\n"))
    for unclear in found.unclear:
        rendered.html[unclear], rendered.text[unclear] = _rendered(parse_inlines(texts[unclear]), writer, href)
    return rendered


def _one_by_one(texts: Iterable[str], writer: Writer, href: Href) -> Rendered:
    html, text = [], []
    for one in texts:
        own_html, own_text = _rendered(parse_inlines(one), writer, href)
        html.append(own_html)
        text.append(own_text)
    return Rendered(html, text)


def _rendered(parsed: tuple[Inline, ...], writer: Writer, href: Href) -> tuple[Html, str]:
    inlines = writer.inlines(parsed)
    return inlines_html(inlines, href), plain(inlines)
