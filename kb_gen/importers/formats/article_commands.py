"""Commands among the lines of an article, and the shells that run them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from msgspec import Struct

from kb_gen.importers.formats.article_blocks import Code
from kb_gen.importers.formats.article_command_lines import program_shell
from kb_gen.importers.formats.article_command_names import BOTH
from kb_gen.importers.formats.article_language import language_of
from kb_gen.importers.formats.article_prompts import parted, prompt_shell
from kb_gen.model import Command

__all__ = [
    "Surroundings",
    "code_language",
    "commands_of",
    "goes_on",
    "is_dialogue",
    "is_dialogue_line",
    "known_by_name",
    "surroundings_of",
]

_VERBS = (
    "Add Clear Close Compare Complete Connect ConvertFrom ConvertTo Copy Disable Disconnect Dismount Enable Enter Exit "
    "Export Find Format Get Grant Import Initialize Install Invoke Join Limit Lock Measure Mount Move New Open Out "
    "Ping "
    "Pop Push Read Receive Remove Rename Repair Reset Resize Resolve Restart Restore Resume Retry Revoke Save Search "
    "Select Send Set Show Skip Split Start Stop Submit Suspend Switch Sync Test Trace Unblock Uninstall Unlock Update "
    "Use Wait Write"
)
_CMDLET = re.compile(rf"(?:{'|'.join(_VERBS.split())})-[A-Z][A-Za-z]+(?=$|\s+\S)")
_PROSE_END = re.compile(r"[a-zäöüß)]{2}[.:!?]$")
_OPTION = re.compile(r"\s[-|][A-Za-z\s]|\|")
_PATH = re.compile(r"(?:%\w+%|[A-Za-z]:|\\\\[\w.$-]+|~)[\\/][^\n]*|/(?:etc|var|usr|opt|srv|home|tmp)/\S*")
_SHELLS = MappingProxyType(
    {
        "shell": "bash", "sh": "bash", "bash": "bash", "zsh": "bash", "console": "bash", "shell-session": "bash",
        "terminal": "bash", "powershell": "powershell", "pwsh": "powershell", "ps1": "powershell", "posh": "powershell",
        "ps": "powershell", "powershell-interactive": "powershell", "azurepowershell": "powershell",
        "azurepowershell-interactive": "powershell", "cmd": "cmd", "bat": "cmd", "batch": "cmd", "dos": "cmd",
        "azurecli": "bash", "azurecli-interactive": "bash", "sql": "sql", "mysql": "sql",
        "promql": "promql", "python": "python", "exchange": "exchange",
    }
)  # fmt: skip
"""The shells that languages of code blocks stand for; those of files and output have none."""
_TERMINALS = frozenset({"console", "shell-session", "terminal"})
_TEXTS = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})
"""What code is called that is none, or of which nobody says what it is."""
_EXCHANGE = re.compile(r"Exchange[ -](?:Management Shell|Verwaltungsshell)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{%[1-9]")
_UNIX = re.compile(
    r"\b(?:linux|unix|bash|systemd|systemctl|journalctl|kubernetes|kubectl|sudo)\b|(?<!\S)/(?:etc|usr|var)/",
    re.IGNORECASE,
)
_WINDOWS = re.compile(r"\b(?:Windows|Active Directory|Exchange)\b|\bHKEY_|\bHKLM\\|%\w+%|\b[A-Z]:\\")
_GOES_ON = re.compile(r"(?:\s[\\`^]|\|)$")
"""What continues a command, but ends no path."""
_ASKING = frozenset({"diskpart", "ntdsutil"})
_ASKED = re.compile(r"[a-z][a-z0-9-]{1,30}(?: [^\n{]{0,100})?(?<![.:!?,;])")


def code_language(line: str) -> str:
    """What a line of plain text is, where it is code: a shell's name, or `text` for a path; empty for running text.

    `BOTH` is a command that Windows and Unix have alike.
    """
    line = line.strip().partition("\n")[0].rstrip()
    return _known_by_form(line) or program_shell(line)


def known_by_name(line: str) -> bool:
    """Whether nothing but the name of a program tells that a line is a command."""
    return not _known_by_form(line.strip()) and bool(program_shell(line.strip()))


def goes_on(line: str) -> bool:
    """Whether a line of a command is continued on the next one."""
    return _GOES_ON.search(line.rstrip()) is not None


def is_dialogue(line: str) -> bool:
    """Whether a line calls a program that then asks for commands of its own."""
    return line.strip().lower().removesuffix(".exe") in _ASKING


def is_dialogue_line(line: str) -> bool:
    """Whether a line can be a command that a program has asked for; sentences begin and end otherwise."""
    return _ASKED.fullmatch(line.strip()) is not None


def _known_by_form(line: str) -> str:
    if shell := prompt_shell(line):
        return shell
    if (found := _CMDLET.match(line)) and (not _PROSE_END.search(line) or _OPTION.search(line, found.end())):
        return "powershell"
    return "text" if _PATH.fullmatch(line) and not _PROSE_END.search(line) and len(line.split()) < 12 else ""


class Surroundings(Struct, frozen=True):
    """What the rest of an article says of its commands.

    Attributes:
        language: the article's language, `en` or `de`, or empty.
        unix: whether it is about Unix.
        windows: whether it is about Windows.
        exchange: whether it is about the Exchange Management Shell.
    """

    language: str
    unix: bool
    windows: bool
    exchange: bool


def surroundings_of(text: str) -> Surroundings:
    """What all text of an article says of its commands."""
    unix, windows, exchange = (each.search(text) is not None for each in (_UNIX, _WINDOWS, _EXCHANGE))
    return Surroundings(language_of(text), unix, windows, exchange)


def commands_of(code: Code, around: Surroundings) -> tuple[Command | None, str]:
    """The command that a block of code is, without prompts; and what else it shows: the command's output.

    Args:
        code: the block.
        around: what the article says beside it, which may name the shell.

    Returns:
        None if it is no command, and then all of it as what it shows.
    """
    named = code.language.lower()
    lines = code.text.split("\n")
    prompted = next((shell for shell in map(prompt_shell, lines) if shell), "")
    shell = _shell(named, lines, prompted)
    if named in _TERMINALS and not prompted and shell == "bash" and around.windows and not around.unix:
        shell = "cmd"
    if shell == BOTH:
        shell = "bash" if around.unix else "cmd"
    if not named and known_by_name(lines[0]) and not prompted and not _is_all_commands(code.text):
        return None, code.text  # a command and what it shows, and nobody knows which is which
    if not shell or shell == "text" or _PLACEHOLDER.search(code.text):
        return None, code.text
    # A number sign is the prompt of root where a terminal is shown, and elsewhere a comment.
    root = named in _TERMINALS and not prompted
    run, shown = parted(lines, shell, root=root) or (lines, [])
    if not any(line.strip() and not line.lstrip().startswith("#") for line in run):
        return None, code.text  # nothing but comments, or a prompt
    if shell == "powershell" and around.exchange:
        shell = "exchange"
    return Command(shell, "\n".join(run).strip("\n")), "\n".join(shown).strip("\n")


def _shell(named: str, lines: Sequence[str], prompted: str) -> str:
    """The shell that runs a block of code: whose prompt it has, or that its language names, or that its form tells."""
    if named in _TEXTS:
        return prompted or ("" if named else code_language("\n".join(lines)))
    shell = BOTH if named == BOTH else _SHELLS.get(named, "")
    if prompted and shell not in {"", "promql"}:
        return prompted
    if named in _TERMINALS and (told := code_language(lines[0])) in {"cmd", "powershell"}:
        return told  # many name a terminal, of whatever system
    return shell


def _is_all_commands(text: str) -> bool:
    continued = False
    for line in text.split("\n"):
        if not continued and line.strip() and line.lstrip()[0] != "#" and code_language(line) in {"", "text"}:
            return False
        continued = goes_on(line)
    return True
