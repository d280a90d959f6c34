"""What an article tells its reader to do, as steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph, markdown_of
from kb_gen.importers.formats.article_command_names import BOTH
from kb_gen.importers.formats.article_commands import Surroundings, code_language, commands_of, surroundings_of
from kb_gen.importers.formats.article_lists import whole_lists, with_code_behind
from kb_gen.importers.formats.article_prompts import is_further, is_output, prompt_shell
from kb_gen.model import Action, Command, Step

__all__ = ["actions_of", "steps_of"]


_INTRODUCTIONS = {"de": "Führen Sie diesen Befehl aus:"}
_INTRODUCTION = "Run this command:"
"""What a step says that is nothing but a command, because every step says something."""


_COMMAND_FOLLOWS = re.compile(
    r"(?:\b(?:commands?|type|cmdlet)\b|Befehle?\b|\bgeben Sie\b)[^\n]{0,160}:$", re.IGNORECASE
)
_OF_WINDOWS = re.compile(r"[\w-]+\.(?:exe|cmd|bat)\b", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"(?:[a-z][a-z0-9_-]{1,30}|[\w-]{1,40}\.(?:exe|cmd|bat|ps1|sh))(?: (?:[^\n{]|\{(?!%)){0,300})?(?<![.:!?,;])"
)
"""A line that can be the command that was announced: it begins as no sentence does, and ends as none."""


def actions_of(blocks: Sequence[Block], around: str) -> tuple[Action, ...]:
    """The actions that a section describes. Nothing of it is left out.

    Args:
        blocks: the section.
        around: all text of the article, which may name the shell of its commands.
    """
    return tuple(
        Action(text=step.text, commands=step.commands, note=step.note, steps=step.steps, ordered=step.ordered)
        for step in steps_of(whole_lists(_with_code(blocks)), surroundings_of(around))
    )


def _with_code(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which lines that are nothing but a command are code, whatever the article shows them as."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and found and _announces(found[-1]) and _ANNOUNCED.fullmatch(block.plain):
            found.append(Code(block.plain, "cmd" if _OF_WINDOWS.match(block.plain) else BOTH, block.start))
        elif isinstance(block, Items):
            found.append(Items(block.ordered, tuple(map(_with_code, block.items)), block.start, block.number))
        elif isinstance(block, Paragraph):
            found += _parted(block)
        else:
            found.append(block)
    return tuple(found)


def _announces(block: Block) -> bool:
    return isinstance(block, Paragraph) and _COMMAND_FOLLOWS.search(block.plain) is not None


def _parted(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph, and the commands in the lines at its end as code, with what a terminal shows of them."""
    lines = paragraph.plain.split("\n")
    written = paragraph.markdown.split("\\\n")
    first = _first_of_code(lines)
    linked = "](" in paragraph.markdown or "<http" in paragraph.markdown
    if first == len(lines) or linked or (first and len(written) != len(lines)):
        yield paragraph
        return
    if first:
        yield Paragraph("\\\n".join(written[:first]), "\n".join(lines[:first]), paragraph.start)
    yield Code("\n".join(lines[first:]), "", paragraph.start)


def _first_of_code(lines: Sequence[str]) -> int:
    """Where the code begins that lines end with."""
    first = len(lines)
    shell = ""
    for place, line in enumerate(lines):
        told = prompt_shell(line)
        if told or _is_command(line) or (shell and is_further(line, lines[place - 1], shell)):
            first = min(first, place)
            shell = told or shell
        elif not shell or not is_output(line):
            first, shell = len(lines), ""
    return first


def _is_command(line: str) -> bool:
    return code_language(line) not in {"", "text"}


def steps_of(blocks: Sequence[Block], around: Surroundings) -> tuple[Step, ...]:
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
    for group in _groups(with_code_behind(blocks)):
        if isinstance(group[0], Items):
            steps += [_step(each, around) for each in group[0].items]
        else:
            steps.append(_step(group, around))
    return tuple(steps)


def _groups(blocks: Iterable[Block]) -> list[list[Block]]:
    """Paragraphs with the commands and lists behind them, and the lists that have no paragraph before them."""
    groups: list[list[Block]] = []
    for block in blocks:
        before = groups[-1] if groups else []
        alone = isinstance(block, Items) and (not before or isinstance(before[0], Items))
        ended = isinstance(block, Paragraph) and any(isinstance(each, Code | Items) for each in before)
        if not before or alone or ended or (isinstance(before[0], Items) and not isinstance(block, Items)):
            groups.append([block])
        else:
            before.append(block)
    return groups


def _headed(heading: Block, blocks: Sequence[Block], around: Surroundings) -> Step:
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


def _step(blocks: Sequence[Block], around: Surroundings) -> Step:
    """One step: its text, then its commands, what follows them, and last its sub-steps.

    Further commands that have an introduction of their own are sub-steps, too.
    """
    first, *others = _groups(with_code_behind(blocks))
    behind = [block for group in others for block in group]
    place = next((place for place, block in enumerate(first) if isinstance(block, Items)), len(first))
    head = first[:place]
    lists = [block for block in first[place:] if isinstance(block, Items)]
    only_words = not _has_steps(behind, around)
    if (
        not head
        or len(head) + len(lists) != len(first)
        or (only_words and not lists)
        or (only_words and behind and not _has_steps(lists, around))
    ):
        return _plain_step([*first, *behind], around)
    own = _plain_step(head, around)
    items = [list(item) for each in lists for item in each.items]
    for group in others:
        if items and not _has_steps(group, around):
            items[-1] += group  # nothing to do, so it is said of the item before
        else:
            items.append(group)
    inner = tuple(_step(item, around) for item in items)
    in_order = all(each.ordered for each in lists)
    return Step(text=own.text, commands=own.commands, note=own.note, steps=inner, ordered=in_order)


def _has_steps(blocks: Sequence[Block], around: Surroundings) -> bool:
    """Whether there are things to do one after the other in blocks, and not only words."""
    return any(
        (isinstance(block, Items) and (block.ordered or any(_has_steps(item, around) for item in block.items)))
        or (isinstance(block, Code) and commands_of(block, around)[0] is not None)
        for block in blocks
    )


def _plain_step(blocks: Sequence[Block], around: Surroundings) -> Step:
    text: list[Block] = []
    commands: list[Command] = []
    note: list[Block] = []
    for block in blocks:
        command, shown = commands_of(block, around) if isinstance(block, Code) else (None, "")
        if command is None:
            (note if commands else text).append(block)
            continue
        commands.append(command)
        if shown:
            note.append(Code(shown, "text", block.start))
    words = markdown_of(text)
    if commands and not words:
        words = _INTRODUCTIONS.get(around.language, _INTRODUCTION)
    return Step(text=words, commands=tuple(commands), note=markdown_of(note))
