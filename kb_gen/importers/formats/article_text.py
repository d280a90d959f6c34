"""Articles as plain text, as they are pasted from a page: paragraphs, lists by their marks and indents, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph, Table
from kb_gen.importers.formats.article_builder import BlockBuilder
from kb_gen.importers.formats.article_command_names import BOTH
from kb_gen.importers.formats.article_commands import (
    code_language,
    goes_on,
    is_dialogue,
    is_dialogue_line,
    known_by_name,
)
from kb_gen.importers.formats.article_dates import is_byline
from kb_gen.importers.formats.article_headed import begins_with_heading
from kb_gen.importers.formats.article_labels import ends_description, fact_of, is_description, part_of
from kb_gen.importers.formats.article_line_ends import aligned_rows, paragraph_starts
from kb_gen.importers.formats.article_pairs import label_of
from kb_gen.importers.formats.article_prompts import (
    is_bare_prompt,
    is_further,
    is_further_output,
    is_output,
    is_tabular,
    prompt_shell,
)
from kb_gen.importers.formats.text_files import TextFile

__all__ = ["text_blocks"]

_MARK = re.compile(r"([•◦▪●■‣∙·o*–-]|\d{1,3}[.)]|[a-z][.)])(?:[ \t]+|$)(?=\S|$)")
_BULLETS = frozenset("•◦▪●■‣∙·o*–-")
_RULE = re.compile(r"[=\-_*]{3,}")
_METHOD = re.compile(
    r"(?:Method|Option|Step|Methode|Möglichkeit|Schritt|Variante) (?:\d{1,2}|[A-H])(?:[:.]? .{0,99}[^.:!?\s]|[:.]?)"
)
"""Headings that nobody marks as such in text."""
_NAMED_VALUE = re.compile(r"[^\W\d][\w ./()-]{0,40}: +\S")
_LABEL_END = re.compile(r"[:\t]|\s{3,}")
_DEEPEST = 12
_LINE_END = re.compile(r"\r\n|\n|\r")


class _Line(Struct, frozen=True):
    """A line: how far it is indented, what it says, where its text begins in the file, and the blanks before that."""

    indent: int
    text: str
    start: int
    blanks: str = ""

    @property
    def shown(self) -> str:
        """The line with its indent."""
        return " " * self.indent + self.text


def text_blocks(file: TextFile, numbers: Set[int] = frozenset()) -> tuple[Block, ...]:
    """The blocks of a text; nothing of it is left out but rules.

    Args:
        file: the text.
        numbers: the insertion strings that `%1` may name; in other cases it is text.
    """
    lines = []
    start = 0
    for raw in _LINE_END.split(file.text):
        shown = raw.replace("\u00a0", " ").expandtabs(8) if raw[:1] in " \t\u00a0" else raw.replace("\u00a0", " ")
        text = shown.strip()
        before = len(raw) - len(raw.lstrip())
        blanks = raw[:before].replace("\u00a0", " ")
        lines.append(_Line(len(shown) - len(shown.lstrip()), text, start + before, blanks))
        start += len(raw)
        start += 2 if file.text[start : start + 2] == "\r\n" else 1
    return _blocks(lines, numbers, 0)


def _blocks(lines: Sequence[_Line], numbers: Set[int], depth: int) -> tuple[Block, ...]:
    found: list[Block] = []
    running: list[_Line] = []

    def end() -> None:
        before = _last(found)
        if isinstance(before, Code) and _is_shown(before, running):
            found.append(_shown_code(running))
        else:
            found.extend(_paragraphs(running, numbers, depth > 0))
        running.clear()

    place = 0
    while place < len(lines):
        line = lines[place]
        mark = _MARK.match(line.text) if depth < _DEEPEST else None
        if not line.text:
            end()
        elif _RULE.fullmatch(line.text):
            shown = isinstance(_last(found), Code) or any(code_language(each.text) for each in running[:-1])
            if running and shown and not _is_heading(running[-1]):
                running.append(line)  # a column's head in what a command shows
                place += 1
                continue
            if len(running) == 1 and depth == 0:
                heading = _paragraph(running, numbers)
                running.clear()
                found.append(Heading(2, heading.markdown, heading.plain, heading.start))
            end()
        elif mark and not (running and _may_be_prose(lines, place, mark[1], running[-1])):
            end()
            items, place = _list(lines, place, numbers, depth)
            found += [items] if items.items else []
            continue
        else:
            running.append(line)
        place += 1
    end()
    return tuple(found)


def _last(blocks: Sequence[Block]) -> Block | None:
    """The block that stands last, in whatever list."""
    last = blocks[-1] if blocks else None
    while isinstance(last, Items):
        last = last.items[-1][-1]
    return last


def _is_shown(code: Code, lines: Sequence[_Line]) -> bool:
    """Whether lines behind code are what its command shows: tables, or lists of values."""
    return bool(lines) and not _is_path(code) and (_is_ruled(lines) or all(is_tabular(line.text) for line in lines))


def _is_path(code: Code) -> bool:
    return code.language == "text" and bool(code_language(code.text))


def _is_ruled(lines: Sequence[_Line]) -> bool:
    return any(_RULE.fullmatch(line.text) for line in lines) and all(is_output(line.text) for line in lines)


def _shown_lines(lines: Sequence[_Line]) -> int:
    """How many lines directly behind a command are what it shows: from a table or a value on, up to a sentence."""
    if not lines or _is_ruled(lines):
        return len(lines)
    shown = 0
    while shown < len(lines) and (is_tabular(lines[shown].text) or (shown and is_further_output(lines[shown].text))):
        shown += 1
    sentence_goes_on = shown < len(lines) and lines[shown].text[:1].islower()
    return 0 if sentence_goes_on else shown


def _may_be_prose(lines: Sequence[_Line], place: int, mark: str, before: _Line) -> bool:
    """Whether a line goes on with a paragraph, as one with a dash may; but several don't, or one behind a colon.

    So may one go on with what a terminal shows.
    """
    if mark in _BULLETS and prompt_shell(before.text):
        return True
    if mark not in {"o", "-", "–"} or lines[place].indent > before.indent or before.text.endswith(":"):
        return False
    following = _MARK.match(lines[place + 1].text) if place + 1 < len(lines) else None
    return following is None or following[1] != mark


def _list(lines: Sequence[_Line], place: int, numbers: Set[int], depth: int) -> tuple[Items, int]:
    """The list that begins at a line, and the first line behind it."""
    first = lines[place]
    first_mark = _MARK.match(first.text)
    assert first_mark is not None  # it begins a list
    kind, number = _kind(first_mark[1]), first_mark[1][:-1]
    items = []
    while place < len(lines):
        line = lines[place]
        mark = _MARK.match(line.text)
        if mark is None or line.indent > first.indent + 1 or line.indent < first.indent - 1:
            break
        if _kind(mark[1]) != kind:
            break
        width = mark.end()
        inside = [_Line(line.indent + width, line.text[width:], line.start + width)]
        place, more = _of_item(lines, place + 1, first.indent)
        items.append(_blocks([*inside, *more], numbers, depth + 1))
    filled = tuple(item for item in items if item)
    return Items(bool(kind), filled, first.start, number if kind else ""), place


def _kind(mark: str) -> str:
    """What a list counts with: digits or letters, or nothing."""
    if mark in _BULLETS:
        return ""
    return "digit" if mark[0].isdigit() else "letter"


def _of_item(lines: Sequence[_Line], place: int, indent: int) -> tuple[int, list[_Line]]:
    """The further lines of an item whose mark stands at an indent, and the first line behind them."""
    more: list[_Line] = []
    while place < len(lines):
        line = lines[place]
        if not line.text:
            # An empty line ends the item, unless what follows is indented as what belongs to it.
            behind = place
            while behind < len(lines) and not lines[behind].text:
                behind += 1
            following = lines[behind] if behind < len(lines) else None
            marked = following is not None and _MARK.match(following.text) is not None
            if following is None or following.indent <= indent + (0 if marked else 1):
                return behind, more
            more += lines[place:behind]
            place = behind
            continue
        mark = _MARK.match(line.text)
        if not mark and line.indent <= indent and ends_description(label_of(line.text)):
            break
        if mark and line.indent <= indent + 1 and not (mark[1] in _BULLETS and prompt_shell(lines[place - 1].text)):
            break
        more.append(line)
        place += 1
    return place, more


def _paragraphs(lines: Sequence[_Line], numbers: Set[int], in_item: bool) -> list[Block]:
    """Lines that stand together: paragraphs, and code between them."""
    found: list[Block] = []
    running: list[_Line] = []
    code: list[_Line] = []

    def end() -> None:
        before = found[-1] if found else None
        shown = _shown_lines(running) if isinstance(before, Code) and not _is_path(before) else 0
        if shown:
            found.append(_shown_code(running[:shown]))
        found.extend(_of_running(running[shown:], numbers, in_item))
        if any(not is_bare_prompt(line.text) for line in code):
            found.append(_code(code))
        running.clear()
        code.clear()

    for number, line in enumerate(lines):
        if code and _belongs(line, code):
            code.append(line)
            continue
        if _is_code(line, running, lines[number + 1] if number + 1 < len(lines) else None):
            if running or (code and code_language(code[0].text) != code_language(line.text)):
                end()
            code.append(line)
            continue
        ended = running and (
            running[-1].text.endswith((".", ":", "!", "?"))
            if in_item
            else _is_headed(running) or _is_heading(running[-1]) or is_byline(running[-1].text)
        )
        in_facts = bool(running) and _is_fact(running[0])
        if in_facts and not in_item and (is_description(line.text) or is_description(running[-1].text)):
            running.append(line)  # an event as it was logged
            continue
        headed = (
            is_byline(line.text) or _is_heading(line) or begins_with_heading(line.text) or _METHOD.fullmatch(line.text)
        )
        tabs = bool(running) and not in_facts and line.text.count("\t") != running[-1].text.count("\t")
        if code or ended or (not in_item and (tabs or headed or (_is_fact(line) and not in_facts))):
            end()
        running.append(line)
    end()
    return found


def _of_running(lines: Sequence[_Line], numbers: Set[int], in_item: bool) -> Iterator[Block]:
    """Lines that are no commands, nor what these show: a paragraph, a table, or rows of columns between paragraphs."""
    if lines and not in_item and _is_table(lines):
        yield _table(lines, numbers)
        return
    begin = place = 0
    has_rows = bool(lines) and not _is_fact(lines[0])
    shown = [line.shown for line in lines] if has_rows else []
    while has_rows and place < len(lines):
        rows = aligned_rows(shown, place)
        if rows and not any(map(_is_fact, lines[place : place + rows])):
            yield from _of_running_text(lines[begin:place], numbers, in_item)
            yield _shown_code(lines[place : place + rows])
            begin = place + rows
        place += rows or 1
    yield from _of_running_text(lines[begin:], numbers, in_item)


def _of_running_text(lines: Sequence[_Line], numbers: Set[int], in_item: bool) -> Iterator[Block]:
    if not lines:
        return
    block = _paragraph(lines, numbers)
    headed = not in_item and _is_headed(lines)
    yield Heading(3, block.markdown, block.plain, block.start) if headed else block


def _shown_code(lines: Sequence[_Line]) -> Code:
    indent = min(line.indent for line in lines)
    return Code("\n".join(line.shown[indent:] for line in lines), "text", lines[0].start)


def _is_code(line: _Line, before: Sequence[_Line], after: _Line | None) -> bool:
    """Whether a line is code; one that a program's name tells isn't, where it stands amid a sentence or a message."""
    if not code_language(line.text):
        return False
    if not before or _is_heading(before[-1]) or not known_by_name(line.text):
        return True
    if before[-1].text.endswith((".", ":", "!", "?")):
        return True
    # Steps are often written without a full stop: `Clear the cache` has its command below.
    sentence_goes_on = (
        after is not None
        and after.text[:1].islower()
        and not code_language(after.text)
        and not (is_dialogue(line.text) and is_dialogue_line(after.text))
    )
    return not sentence_goes_on and not _is_fact(before[0])


def _belongs(line: _Line, code: Sequence[_Line]) -> bool:
    """Whether a line goes on with a command, or is what a terminal shows of it."""
    if goes_on(code[-1].text) or (is_dialogue(code[0].text) and is_dialogue_line(line.text)):
        return True
    shell = prompt_shell(code[0].text)
    if not shell or prompt_shell(line.text) or _is_heading(line):
        return False
    if is_further(line.text, code[-1].text, shell):
        return True
    return code_language(line.text) in {"", "text"} and is_output(line.text)


def _code(lines: Sequence[_Line]) -> Code:
    text = "\n".join(line.text for line in lines)
    language = code_language(text)
    # What Windows and Unix both have, the rest of the article tells apart.
    return Code(text, "" if language == BOTH else language, lines[0].start)


def _is_heading(line: _Line) -> bool:
    return part_of(line.text) is not None


def _is_headed(lines: Sequence[_Line]) -> bool:
    """Whether lines are nothing but the heading of a method or step."""
    return len(lines) == 1 and _METHOD.fullmatch(lines[0].text) is not None


def _is_fact(line: _Line) -> bool:
    """Whether a line begins with the label of a fact, or is one."""
    return fact_of(_LABEL_END.split(line.text, maxsplit=1)[0]) is not None


def _is_table(lines: Sequence[_Line]) -> bool:
    """Whether lines are the rows of a table, as pages are copied: columns with tabs between them, and no facts."""
    columns = {line.text.count("\t") for line in lines}
    return len(lines) > 1 and len(columns) == 1 and columns != {0} and not any(map(_is_fact, lines))


def _table(lines: Sequence[_Line], numbers: Set[int]) -> Table:
    rows = (
        tuple(_cell(_Line(0, cell.strip(), line.start), numbers) for cell in line.text.split("\t")) for line in lines
    )
    return Table(tuple(rows), lines[0].start)


def _cell(line: _Line, numbers: Set[int]) -> Paragraph:
    return _paragraph([line], numbers) if line.text else Paragraph("", "", line.start)


def _paragraph(lines: Sequence[_Line], numbers: Set[int]) -> Paragraph:
    whole = _joined(lines, numbers)
    if len(lines) < 2 or _are_values(lines):
        return whole
    starts = paragraph_starts([line.shown for line in lines])
    pieces = zip(starts, [*starts[1:], len(lines)], strict=True)
    parts = [_joined(lines[start:end], numbers) for start, end in pieces if len(starts) > 1]
    return Paragraph(whole.markdown, whole.plain, whole.start, parts=tuple(parts))


def _are_values(lines: Sequence[_Line]) -> bool:
    return _is_fact(lines[0]) or all(_NAMED_VALUE.match(line.text) for line in lines)


def _joined(lines: Sequence[_Line], numbers: Set[int]) -> Paragraph:
    builder = BlockBuilder(numbers)
    if len(lines) > 1 and _are_values(lines):
        for line in lines:
            builder.words(line.text)
            builder.line_break()
    else:
        builder.words(" ".join(line.text for line in lines))
    builder.end_paragraph()
    block = builder.finished()[0]
    markdown = block.markdown if isinstance(block, Paragraph) else ""
    return Paragraph(markdown, _plain(lines), lines[0].start)


def _plain(lines: Sequence[_Line]) -> str:
    """The text of lines, each as far behind the first as it is written: a message may be laid out so."""
    first, *others = lines
    behind = (line.blanks if not first.indent else " " * (line.indent - first.indent) for line in others)
    return "\n".join([first.text, *(blanks + line.text for blanks, line in zip(behind, others, strict=True))])
