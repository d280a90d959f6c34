"""What terminals show: prompts, commands behind them, lines that these are continued on, and output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

__all__ = ["is_bare_prompt", "is_further", "is_further_output", "is_output", "is_tabular", "parted", "prompt_shell"]

_PROMPTS = MappingProxyType(
    {
        "exchange": re.compile(r"[ \t]*\[PS\][ \t]?[^>\n]{0,80}>[ \t]*"),
        "powershell": re.compile(r"[ \t]*(?:\[[\w.-]{1,80}\]:[ \t]?)?PS(?:[ \t][^>\n]{0,80})?>[ \t]*"),
        "cmd": re.compile(r"[ \t]*[A-Za-z]:(?:\\[^>\n]{0,80})?>[ \t]*"),
        "bash": re.compile(
            r"[ \t]*(?:[$#] (?=\S)|\[[\w.-]{1,60}@[\w.-]{1,60}[ \t][^\]\n]{1,80}\][$#](?:[ \t]+|$)"
            r"|[\w.-]{1,60}@[\w.-]{1,60}(?::[^\s$#]{0,80}| \[ [^\]\n]{1,80} \])[$#](?:[ \t]+|$))"
        ),
        "sql": re.compile(r"[ \t]*(?:mysql|MariaDB \[[^\]\n]{0,60}\])>(?:[ \t]+|$)"),
    }
)
_FURTHER = re.compile(r"[ \t]*>[ \t]")
_CONTINUATIONS = MappingProxyType(
    {
        "exchange": re.compile(r"[ \t]*>>[ \t]?"),
        "powershell": re.compile(r"[ \t]*>>[ \t]?"),
        "cmd": re.compile(r"[ \t]*More\?[ \t]?"),
        "sql": re.compile(r"[ \t]*->[ \t]"),
        "bash": _FURTHER,
    }
)
"""What shells write before the further lines of a command."""
_UNFINISHED = re.compile(r"(?:[\\`|{(^]|&&|\bdo|\bthen|<<-?\s*['\"]?\w+['\"]?)$")
_COMMENT = re.compile(r"[ \t]*#")
_INSTRUCTION = re.compile(
    r"(?:after|also|at|before|check|choose|click|close|confirm|do|double-click|ensure|enter|example|expand|for|from|if|"
    r"in|look|make|navigate|note|next|now|on|once|open|otherwise|press|repeat|replace|restart|reboot|right-click|run|"
    r"see|select|set|then|these|this|tip|to|type|until|use|verify|wait|when|where|with|you|your|"
    r"achtung|anschließend|beachten|danach|dann|diese|dieser|dieses|falls|hinweis|nachdem|sobald|wenn|wichtig)\b"
    r"|\w+ Sie\b",
    re.IGNORECASE,
)
_COMPLETED = re.compile(
    r"(?:the )?(?:command|operation)\b.{0,40}\b(?:completed|successful)|der (?:befehl|vorgang)\b.{0,60}\berfolgreich",
    re.IGNORECASE,
)
"""What programs of Windows end with."""
_TABULAR = re.compile(r"\S(?: {2,}|\t)\S|^[-=+]{3}|(?: \.){2,} ?:|^\w[\w /()-]{0,40} ?[:=] ?\S.*(?<![.!?:])$")


def prompt_shell(line: str) -> str:
    """The shell whose prompt a line begins with; empty if it begins with none, or with what may be a comment's sign."""
    for shell, prompt in _PROMPTS.items():
        if prompt.match(line):
            return "" if _COMMENT.match(line) else shell
    return ""


def is_bare_prompt(line: str) -> bool:
    """Whether a line is nothing but a prompt, behind which nobody has typed anything."""
    return any(prompt.fullmatch(line) for prompt in _PROMPTS.values())


def is_further(line: str, before: str, shell: str) -> bool:
    """Whether a line has the prompt of a command's further lines.

    Args:
        line: the line.
        before: the line before it, which is the command's.
        shell: the shell whose prompt stands before the command.
    """
    if shell not in _CONTINUATIONS or not _CONTINUATIONS[shell].match(f"{line} "):
        return False
    # What Unix programs show may begin with this sign, too.
    return shell != "bash" or _UNFINISHED.search(before.rstrip()) is not None or _FURTHER.match(before) is not None


def is_output(line: str) -> bool:
    """Whether a line directly behind a command with a prompt is what that shows, and tells nobody to do something."""
    first = line.strip().partition(" ")[0]
    return first.isupper() or _INSTRUCTION.match(line.strip()) is None  # `TYPE : 20 WIN32_SHARE_PROCESS`


def is_further_output(line: str) -> bool:
    """Whether a line behind a table, or behind values, goes on with what a command shows, and with no sentence."""
    ends = line.rstrip().endswith((".", ":", "!", "?"))
    return is_output(line) and (not ends or _COMPLETED.match(line.strip()) is not None)


def is_tabular(line: str) -> bool:
    """Whether a line has columns, or a name and its value, as what programs show has and sentences don't."""
    return is_output(line) and _TABULAR.search(line.strip()) is not None


def parted(lines: Sequence[str], shell: str, *, root: bool) -> tuple[list[str], list[str]] | None:
    """The commands that a terminal shows, without prompts and with their comments; and all its other lines.

    Args:
        lines: the lines.
        shell: the shell, of which there may be more than one kind of prompt.
        root: whether a number sign is the prompt of root, and not a comment.

    Returns:
        None if no line has a prompt of this shell.
    """
    prompts = [_PROMPTS[name] for name in _alike(shell) if name in _PROMPTS]
    run: list[str] = []
    shown: list[str] = []
    found = False
    before = ""  # the line above, if it is a command's
    for line in lines:
        match = next((match for prompt in prompts if (match := prompt.match(line))), None)
        if match and (root or not _COMMENT.match(line)):
            found = True
            run += [line[match.end() :]] if line[match.end() :].strip() else []
            before = line
        elif before and is_further(line, before, shell):
            run += [text] if (text := _CONTINUATIONS[shell].sub("", f"{line} ", count=1).rstrip()) else []
            before = line
        elif before and _UNFINISHED.search(before.rstrip()):
            run.append(line)
            before = line
        elif _COMMENT.match(line) and not shown:
            run.append(line)
        elif line.strip() or shown:
            shown.append(line)
            before = ""
    return (run, shown) if found else None


def _alike(shell: str) -> tuple[str, ...]:
    return ("exchange", "powershell") if shell in {"exchange", "powershell"} else (shell,)
