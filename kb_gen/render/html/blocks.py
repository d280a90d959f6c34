"""Blocks as HTML: a function for each type of block.

Functions instead of templates, because these few elements make up most of a site, and a template's macro takes five
times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from kb_gen.document import (
    AddressedMessage,
    Block,
    Chip,
    CodeBlock,
    CommandBlock,
    Field,
    Fields,
    ItemList,
    Legend,
    LegendEntry,
    LinkItem,
    LinkList,
    MessageBlock,
    Note,
    Paragraph,
    Table,
    Words,
    plain,
)
from kb_gen.render.html.code import code_html
from kb_gen.render.html.escaping import Html, escaped, lang_attribute
from kb_gen.render.html.inlines import Href, identifier_html, words_html

__all__ = ["blocks_html", "message_html"]

_NONE = "–"


def blocks_html(blocks: Iterable[Block], href: Href) -> Html:
    """Blocks, a line each."""
    # Found by type: patterns would be tried one by one, and look at attributes.
    return "\n".join([_FUNCTIONS[type(block)](block, href) for block in blocks])


def _paragraph(block: Paragraph, href: Href) -> Html:
    return f"<p>{words_html(block.words, href)}</p>"


def _fields(block: Fields, href: Href) -> Html:
    rows = "".join([_field(field, href) for field in block.fields])
    return f'<table class="kb-fields">\n<tbody>{rows}\n</tbody>\n</table>'


def _legend(block: Legend, href: Href) -> Html:
    return _table("kb-list kb-legend", block.titles, [_legend_entry(entry, href) for entry in block.entries], href)


def _links(block: LinkList, href: Href) -> Html:
    lines = "".join([f"\n<li>{_link(item, href)}</li>" for item in block.items])
    return f'<ul class="kb-links">{lines}\n</ul>'


def _code_block(block: CodeBlock, _: Href) -> Html:
    return _code((block.text,), block.language or "text")


def _words_table(block: Table, href: Href) -> Html:
    rows = ["".join([f"<td>{words_html(cell, href)}</td>" for cell in row]) for row in block.rows]
    return _table("kb-list", block.header, [f"\n<tr>{row}</tr>" for row in rows], href)


def _list(block: ItemList, href: Href) -> Html:
    name = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join([f"<li>{blocks_html(item, href)}</li>\n" for item in block.items])
    return f"<{name}{start}>\n{items}</{name}>"


def _code(parts: tuple[str | Chip, ...], language: str) -> Html:
    return (
        f'<div class="language-{escaped(language)} highlight"><pre><code translate="no" dir="ltr">'
        f"{code_html(parts, language)}\n</code></pre></div>"
    )


def _command(block: CommandBlock, href: Href) -> Html:
    return (
        f'<figure class="kb-command" data-shell="{escaped(block.language)}">\n'
        f"<figcaption>{words_html(block.shell, href)}</figcaption>\n{_code(block.parts, block.language)}\n</figure>"
    )


def _message(block: MessageBlock, _: Href, unit: Html = "") -> Html:
    version = f'<p class="kb-message__version">{escaped(block.version)}</p>\n' if block.version else ""
    lang = lang_attribute(block.lang)
    message = f"<p>{message_html(block.parts)}</p>"
    return f'{version}<blockquote class="kb-message" translate="no" dir="auto"{lang}{unit}>{message}</blockquote>'


def _addressed_message(block: AddressedMessage, href: Href) -> Html:
    return _message(block, href, f' data-unit="{escaped(block.unit)}"')


def message_html(parts: Iterable[str | Chip]) -> Html:
    """A message with chips in the places of its insertion strings."""
    return "".join([escaped(part) if isinstance(part, str) else _chip(part) for part in parts])


def _number(number: int) -> Html:
    return f'<span class="kb-chip__number">%{number}</span>'


def _chip(chip: Chip) -> Html:
    name = f' <span class="kb-chip__name"{lang_attribute(chip.lang)}>{escaped(chip.name)}</span>' if chip.name else ""
    link = f'<a class="kb-chip" href="#parameter-{chip.number}" data-parameter="{chip.number}">'
    return f"{link}{_number(chip.number)}{name}</a>"


def _table(classes: str, header: tuple[Words, ...], rows: Iterable[Html], href: Href) -> Html:
    titles = "".join([f'<th scope="col">{words_html(title, href)}</th>' for title in header])
    return (
        f'<div class="kb-scroll"><table class="{classes}">\n<thead><tr>{titles}</tr></thead>\n'
        f"<tbody>{''.join(rows)}\n</tbody>\n</table></div>"
    )


def _legend_entry(entry: LegendEntry, href: Href) -> Html:
    name = words_html(entry.name, href) if entry.name else _NONE
    holds = words_html(entry.holds, href) if entry.holds else _NONE
    example = f'<code translate="no">{escaped(entry.example)}</code>' if entry.example else _NONE
    return (
        f'\n<tr id="parameter-{entry.number}" data-parameter="{entry.number}">'
        f'<th scope="row"><span class="kb-chip">{_number(entry.number)}</span></th>'
        f"<td>{name}</td><td>{holds}</td><td>{example}</td></tr>"
    )


@lru_cache(maxsize=4096)
def _field(field: Field, href: Href) -> Html:
    # Most facts are those of many articles.
    if field.code:
        value = f'<code translate="no">{identifier_html(plain(field.value.inlines))}</code>'
    else:
        value = words_html(field.value, href)
    if field.address is not None:
        value = f'<a href="{escaped(href(field.address))}">{value}</a>'
    label = words_html(field.label, href)
    return f'\n<tr data-field="{escaped(field.key)}"><th scope="row">{label}</th><td><bdi>{value}</bdi></td></tr>'


def _link(item: LinkItem, href: Href) -> Html:
    title = words_html(item.title, href)
    if item.address is not None:
        title = f'<a href="{escaped(href(item.address))}">{title}</a>'
    elif item.href:
        title = f'<a href="{escaped(item.href)}" rel="external noopener">{title}</a>'
    note = f' <span class="kb-links__note">{words_html(item.note, href)}</span>' if item.note else ""
    return title + note


def _note(note: Note, href: Href) -> Html:
    title = f'<p class="kb-note__title">{words_html(note.title, href)}</p>\n' if note.title else ""
    return f'<div class="kb-note kb-{note.kind.value}" role="note">\n{title}{blocks_html(note.blocks, href)}\n</div>'


_FUNCTIONS: Mapping[type[Block], Callable[[Any, Href], Html]] = {
    Paragraph: _paragraph,
    ItemList: _list,
    Table: _words_table,
    CodeBlock: _code_block,
    CommandBlock: _command,
    MessageBlock: _message,
    AddressedMessage: _addressed_message,
    Legend: _legend,
    Fields: _fields,
    LinkList: _links,
    Note: _note,
}
