"""The inline structure of a unit's text: emphasis, code, links, other events, insertion strings.

CommonMark's inline rules without images, and with two of our own: `%1` names what the message's first insertion
string holds, `event:Source/ID` names another event. Raw HTML is recognised only to be refused: it is never output
as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = [
    "Clear",
    "ClearTexts",
    "Code",
    "Emphasis",
    "EventLink",
    "Inline",
    "Insertion",
    "LineBreak",
    "Link",
    "RawHtml",
    "Strong",
    "Text",
    "clear_texts",
    "event_link",
    "has_markup",
    "link",
    "parse_event_target",
    "parse_inlines",
    "plain_text",
    "walk",
]


class Text(Struct, frozen=True, gc=False, tag=True):
    """Running text."""

    text: str


class Code(Struct, frozen=True, gc=False, tag=True):
    """A code span; never translated."""

    text: str


class Emphasis(Struct, frozen=True, gc=False):
    """Emphasised inlines."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True, gc=False):
    """Strongly emphasised inlines: names of buttons and menus."""

    children: tuple[Inline, ...]


class Link(Struct, frozen=True, gc=False):
    """A link; `href` as written, not yet checked for its scheme."""

    href: str
    children: tuple[Inline, ...]


class EventLink(Struct, frozen=True, gc=False):
    """A link to another event, by source, ID and possibly symbolic name; without children it shows the event's title.

    `target` is the reference as written, for messages about it.
    """

    target: str
    source: str
    id: str
    symbolic_name: str = ""
    children: tuple[Inline, ...] = ()


class Insertion(Struct, frozen=True, gc=False):
    """`%n`: stands for the name of the message's n-th insertion string."""

    number: int


class RawHtml(Struct, frozen=True, gc=False):
    """Something that looks like an HTML tag. It is refused by the checks and, all the same, only ever shown as text."""

    text: str


class LineBreak(Struct, frozen=True, gc=False, tag=True):
    """A hard line break."""


_PARENTS = (Emphasis, Strong, Link, EventLink)

Inline = Text | Code | Emphasis | Strong | Link | EventLink | Insertion | RawHtml | LineBreak

_INSERTION = re.compile(r"%([1-9][0-9]?)(?![0-9])")
_EVENT = re.compile(r"event:([\w.%+~-]+)/([\w.%+~-]*\w)(?:/(\w+))?")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&%\n]")


def parse_event_target(target: str) -> tuple[str, str, str] | None:
    """Source, ID and symbolic name (may be empty) of `Source/ID` or `Source/ID/Symbol`; None if it is neither.

    A source may be written with spaces or percent-encoded.
    """
    parts = [part.strip() for part in target.split("/")]
    if "%" in target:
        parts = [unquote(part).strip() for part in parts]
    if len(parts) not in (2, 3) or not all(parts):
        return None
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


def _insertion_rule(state: StateInline, silent: bool) -> bool:
    """`%1` to `%99`, where no digit or word character stands directly before it."""
    match = _INSERTION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("insertion", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _event_rule(state: StateInline, silent: bool) -> bool:
    """A bare `event:Source/ID`; called at the colon, as the text before it is already pending."""
    if state.src[state.pos] != ":" or not state.pending.endswith("event"):
        return False
    start = state.pos - len("event")
    match = _EVENT.match(state.src, start)
    if not match or (start and (state.src[start - 1].isalnum() or state.src[start - 1] == "_")):
        return False
    if not silent:
        state.pending = state.pending[: -len("event")]
        token = state.push("event", "", 0)
        token.content = match[0].removeprefix("event:")
    state.pos = match.end()
    return True


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to load, and few texts need it

    parser = MarkdownIt("commonmark", {"maxNesting": 60})
    parser.disable(["image"])
    parser.inline.ruler.before("escape", "insertion", _insertion_rule)
    parser.inline.ruler.before("escape", "event", _event_rule)
    # Links are kept as the author wrote them: the checks name an unsafe one, the renderers refuse it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


# Constructs that mean the same to CommonMark whatever stands around them, as long as nothing but these and running
# text stands there. Emphasis begins and ends in a letter or digit, code has neither blanks at its ends nor longer runs
# of backticks, a link has a plain text. Every alternative begins with a character of its own, so that most places in
# a text are passed over at once.
_CONSTRUCTS = (
    r"`(?P<code>[^`\s](?:[^`\n\r\0]*[^`\s])?)`(?!`)"
    r"|\*\*(?P<strong>[^\W_](?:[^\\`*_\[\]<>&%:\n\r\0]*[^\W_])?)\*\*(?!\*)"
    r"|\*(?P<emphasis>[^\W_](?:[^\\`*_\[\]<>&%:\n\r\0]*[^\W_])?)\*(?!\*)"
    r"|%(?P<insertion>[1-9][0-9]?)(?![0-9])"
    r"|\[(?P<text>[^\\`*_\[\]<>&%:\n\r\0]+)\]\((?P<href>[^\s()<>\\&`\0-\x1f\x7f]+(?:\([^\s()<>\\&`\0-\x1f\x7f]*\))?)\)"
    r"|%(?P<percent>)"
    r"|_(?<=[A-Za-z0-9]_)(?=[A-Za-z0-9])(?P<underscore>)"
)
_CLEAR = re.compile(_CONSTRUCTS)
# By itself, as in texts without it every `e` would be a place to look at.
_CLEAR_WITH_EVENTS = re.compile(rf"{_CONSTRUCTS}|event:(?<!\wevent:)(?P<event>[\w.%+~-]+/[\w.%+~-]*\w(?:/\w+)?)")
_SIGNS = ("percent", "underscore")
_UNCLEAR = re.compile(r"[\\`*_\[\]<>&\n\r\0]")
_UNCLEAR_IN_LINE = ("\\", "`", "*", "_", "[", "]", "<", ">", "&", "\r", "\0")


def _clear(text: str) -> tuple[Inline, ...] | None:
    """The inlines of a text that holds nothing but clear constructs; None for any other.

    Nearly all texts are such, and a regular expression reads them in a fifth of the parser's time.
    """
    inlines: list[Inline] = []
    running: list[str] = []
    pending = ""
    end = 0
    for match in (_CLEAR_WITH_EVENTS if "event:" in text else _CLEAR).finditer(text):
        start, behind = match.span()
        before = text[end:start]
        end = behind
        running.append(before)
        kind = match.lastgroup
        if kind in _SIGNS:
            pending += before + match[0]
            continue
        if pending or before:
            inlines.append(Text(pending + before))
            pending = ""
        content = match[kind or 0]
        if kind == "code":
            inlines.append(Code(content))
        elif kind == "insertion":
            inlines.append(Insertion(int(content)))
        elif kind == "strong":
            inlines.append(Strong((Text(content),)))
        elif kind == "emphasis":
            inlines.append(Emphasis((Text(content),)))
        elif kind == "event":
            inlines.append(event_link(content, ()))
        else:
            inlines.append(link(content, (Text(match["text"]),)))
    rest = text[end:]
    running.append(rest)
    if _UNCLEAR.search("".join(running)):
        return None
    if pending or rest:
        inlines.append(Text(pending + rest))
    return tuple(inlines)


class Clear(NamedTuple):
    """What is known of clear constructs of several texts, in columns: what isn't None says what a construct is.

    Attributes:
        code: the text of code.
        strong: of something strong.
        emphasis: of something emphasised.
        insertion: the number of an insertion string.
        text: the text of a link.
        href: its target.
        percent: empty where there is just `%`.
        underscore: empty where there is just `_`.
        event: a reference to another event.
    """

    code: Sequence[str | None]
    strong: Sequence[str | None]
    emphasis: Sequence[str | None]
    insertion: Sequence[str | None]
    text: Sequence[str | None]
    href: Sequence[str | None]
    percent: Sequence[str | None]
    underscore: Sequence[str | None]
    event: Sequence[str | None]


class ClearTexts(NamedTuple):
    """Many texts at once, cut at their clear constructs.

    Attributes:
        running: what is before, between and behind the constructs, with a line feed between texts.
        constructs: the constructs, each behind a running text.
        unclear: the positions of those texts that hold anything else, of which all this isn't true.
    """

    running: list[str]
    constructs: Clear
    unclear: Set[int]


def clear_texts(texts: Sequence[str]) -> ClearTexts:
    """The clear constructs of several texts, none of which has a line feed."""
    joined = "\n".join(texts)
    expression = _CLEAR_WITH_EVENTS if "event:" in joined else _CLEAR
    pieces: list[Any] = expression.split(joined)
    period = expression.groups + 1
    running = pieces[::period]
    columns = [pieces[number::period] for number in range(1, period)]
    if expression is _CLEAR:
        columns.append([None] * len(columns[0]))
    return ClearTexts(running, Clear(*columns), _lines_with(_UNCLEAR_IN_LINE, "".join(running)))


def _lines_with(words: Iterable[str], text: str) -> set[int]:
    """The positions of the lines of a text that have any of these words in them."""
    # A word at a time, which the system's own search finds: in a tenth of what an expression takes.
    lines: set[int] = set()
    for word in words:
        place = text.find(word)
        while place >= 0:
            lines.add(text.count("\n", 0, place))
            end = text.find("\n", place)
            place = text.find(word, end) if end >= 0 else -1
    return lines


def has_markup(text: str) -> bool:
    """Whether a text may be anything but running text."""
    # Two searches for what one expression could find, because a set of characters and a word are each found fast.
    return _SPECIAL.search(text) is not None or "event:" in text


def parse_inlines(text: str) -> tuple[Inline, ...]:
    """The inlines of one unit's text. Any text parses."""
    if not has_markup(text):
        return (Text(text),) if text else ()
    return _marked_up(text)


@lru_cache(maxsize=8192)
def _marked_up(text: str) -> tuple[Inline, ...]:
    clear = _clear(text)
    return _parsed(text) if clear is None else clear


def _parsed(text: str) -> tuple[Inline, ...]:
    """The inlines of any text, as CommonMark's rules have them."""
    tokens = _parser().parseInline(text)[0].children or []
    return tuple(_merged(_children(iter(tokens), "")))


def _merged(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """`inlines` with neighbouring texts joined."""
    pending = ""
    for inline in inlines:
        if isinstance(inline, Text):
            pending += inline.text
            continue
        if pending:
            yield Text(pending)
            pending = ""
        yield inline
    if pending:
        yield Text(pending)


def _children(tokens: Iterator[Token], end: str) -> Iterator[Inline]:
    """Inlines up to the token of type `end`."""
    for token in tokens:
        match token.type:
            case kind if kind == end:
                return
            case "text" | "text_special":
                yield Text(token.content)
            case "code_inline":
                yield Code(token.content)
            case "em_open":
                yield Emphasis(tuple(_merged(_children(tokens, "em_close"))))
            case "strong_open":
                yield Strong(tuple(_merged(_children(tokens, "strong_close"))))
            case "link_open":
                yield _link(token, tuple(_merged(_children(tokens, "link_close"))))
            case "insertion":
                yield Insertion(int(token.content))
            case "event":
                yield event_link(token.content, ())
            case "html_inline":
                yield RawHtml(token.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case _:
                yield Text(token.content)


def event_link(target: str, children: tuple[Inline, ...]) -> EventLink | Link:
    """The link that `event:` and a target make."""
    parsed = parse_event_target(target)
    if parsed is None:
        return Link(f"event:{target}", children)
    return EventLink(target, *parsed, children)


def _link(token: Token, children: tuple[Inline, ...]) -> EventLink | Link:
    href = str(token.attrs.get("href", ""))
    # `<event:…>` is CommonMark's autolink: its text is the target itself, so the title stands in for it.
    titled = token.markup == "autolink" and href.startswith("event:")
    return link(href, () if titled else children)


def link(href: str, children: tuple[Inline, ...]) -> EventLink | Link:
    """The link to a target, which may be an event."""
    return event_link(href.removeprefix("event:"), children) if href.startswith("event:") else Link(href, children)


def walk(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Every inline of `inlines`, outer before inner."""
    for inline in inlines:
        yield inline
        if isinstance(inline, _PARENTS):
            yield from walk(inline.children)


def plain_text(inlines: Sequence[Inline], names: dict[int, str] | None = None) -> str:
    """What a reader would read aloud: no markup, `%n` as its name in `names` where there is one."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text) | RawHtml(text):
                parts.append(text)
            case Emphasis(children) | Strong(children) | Link(_, children):
                parts.append(plain_text(children, names))
            case EventLink(children=children) if children:
                parts.append(plain_text(children, names))
            case EventLink():
                parts.append(f"{inline.source} {inline.id}")
            case Insertion(number):
                parts.append((names or {}).get(number) or f"%{number}")
            case LineBreak():
                parts.append(" ")
    return "".join(parts)
