"""What an article tells its reader to do, as steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph, markdown_of
from kb_gen.importers.formats.article_commands import code_language, commands_of
from kb_gen.importers.formats.article_language import language_of
from kb_gen.model import Action, Command, Step

__all__ = ["actions_of", "steps_of"]


_INTRODUCTIONS = {"de": "Führen Sie diesen Befehl aus:"}
_INTRODUCTION = "Run this command:"
"""What a step says that is nothing but a command, because every step says something."""


def actions_of(blocks: Sequence[Block], around: str) -> tuple[Action, ...]:
    """The actions that a section describes. Nothing of it is left out.

    Args:
        blocks: the section.
        around: all text of the article, which may name the shell of its commands.
    """
    return tuple(
        Action(text=step.text, commands=step.commands, note=step.note, steps=step.steps, ordered=step.ordered)
        for step in steps_of(_with_code(blocks), around)
    )


def _with_code(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which lines that are nothing but a command are code, whatever the article shows them as."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Items):
            found.append(Items(block.ordered, tuple(map(_with_code, block.items)), block.start))
        elif isinstance(block, Paragraph):
            found += _parted(block)
        else:
            found.append(block)
    return tuple(found)


def _parted(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph, and the commands in the lines at its end as code."""
    lines = paragraph.plain.split("\n")
    written = paragraph.markdown.split("\\\n")
    first = len(lines)
    while first and _is_command(lines[first - 1]):
        first -= 1
    linked = "](" in paragraph.markdown or "<http" in paragraph.markdown
    if first == len(lines) or linked or (first and len(written) != len(lines)):
        yield paragraph
        return
    if first:
        yield Paragraph("\\\n".join(written[:first]), "\n".join(lines[:first]), paragraph.start)
    yield Code("\n".join(lines[first:]), "", paragraph.start)


def _is_command(line: str) -> bool:
    return code_language(line) not in {"", "text"}


def steps_of(blocks: Sequence[Block], around: str) -> tuple[Step, ...]:
    """Each paragraph with the commands and lists behind it is a step; so is each item of a list without introduction.

    What stands under a heading of a lower level are the sub-steps of that heading.
    """
    headings = [place for place, block in enumerate(blocks) if isinstance(block, Heading)]
    if headings:
        level = min(block.level for block in blocks if isinstance(block, Heading))
        tops = [place for place in headings if isinstance(block := blocks[place], Heading) and block.level == level]
        steps = list(steps_of(blocks[: tops[0]], around))
        for place, end in zip(tops, [*tops[1:], len(blocks)], strict=True):
            steps.append(_headed(blocks[place], blocks[place + 1 : end], around))
        return tuple(steps)
    steps = []
    group: list[Block] = []
    item: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Items) and not group:
            steps += [_step(each, around) for each in block.items]
            item = block.items[-1]
            continue
        if isinstance(block, Code) and item and not group:
            # Many forget to indent what belongs to an item.
            item = (*item, block)
            steps[-1] = _step(item, around)
            continue
        item = ()
        if isinstance(block, Paragraph) and any(isinstance(each, Code | Items) for each in group):
            steps.append(_step(group, around))
            group = []
        group.append(block)
    if group:
        steps.append(_step(group, around))
    return tuple(steps)


def _headed(heading: Block, blocks: Sequence[Block], around: str) -> Step:
    text = markdown_of([heading])
    if blocks and isinstance(blocks[0], Code) and commands_of(blocks[0], around)[0]:
        # The commands at the beginning of a section are what its heading says.
        first = next((place for place, block in enumerate(blocks) if not isinstance(block, Code)), len(blocks))
        own = _step(blocks[:first], around)
        rest = steps_of(blocks[first:], around)
        return Step(text=text, commands=own.commands, note=own.note, steps=rest, ordered=_in_order(blocks))
    inner = steps_of(blocks, around)
    if len(inner) == 1 and not inner[0].steps:
        only = inner[0]
        return Step(text=f"{text}\n\n{only.text}", commands=only.commands, note=only.note)
    return Step(text=text, steps=inner, ordered=_in_order(blocks))


def _in_order(blocks: Sequence[Block]) -> bool:
    """Whether steps follow on one another: not where they are alternatives under headings, or items without numbers."""
    lists = [block for block in blocks if isinstance(block, Items)]
    return not any(isinstance(block, Heading) for block in blocks) and all(block.ordered for block in lists)


def _step(blocks: Sequence[Block], around: str) -> Step:
    """One step: its text, then its commands, what follows them, and last its sub-steps."""
    rest = list(blocks)
    last = rest[-1]
    steps: tuple[Step, ...] = ()
    ordered = True
    if isinstance(last, Items) and len(rest) > 1 and not any(isinstance(block, Items) for block in rest[:-1]):
        steps = tuple(_step(item, around) for item in last.items)
        ordered = last.ordered
        rest.pop()
    text: list[Block] = []
    commands: list[Command] = []
    note: list[Block] = []
    for block in rest:
        command, shown = commands_of(block, around) if isinstance(block, Code) and not note else (None, "")
        if command is None:
            (note if commands else text).append(block)
            continue
        commands.append(command)
        if shown:
            note.append(Code(shown, "text", block.start))
    words = markdown_of(text)
    if commands and not words:
        words = _INTRODUCTIONS.get(language_of(around), _INTRODUCTION)
    return Step(text=words, commands=tuple(commands), note=markdown_of(note), steps=steps, ordered=ordered)
