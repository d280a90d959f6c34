"""Commands among the lines of an article, and the shells that run them."""

from __future__ import annotations

import re
from types import MappingProxyType

from kb_gen.importers.formats.article_blocks import Code
from kb_gen.importers.formats.article_command_lines import program_shell
from kb_gen.importers.formats.article_command_names import BOTH
from kb_gen.model import Command

__all__ = ["code_language", "commands_of", "goes_on", "known_by_name"]

_VERBS = (
    "Add Clear Close Compare Complete Connect ConvertFrom ConvertTo Copy Disable Disconnect Dismount Enable Enter Exit "
    "Export Find Format Get Grant Import Initialize Install Invoke Join Limit Lock Measure Mount Move New Open Out "
    "Ping "
    "Pop Push Read Receive Remove Rename Repair Reset Resize Resolve Restart Restore Resume Retry Revoke Save Search "
    "Select Send Set Show Skip Split Start Stop Submit Suspend Switch Sync Test Trace Unblock Uninstall Unlock Update "
    "Use Wait Write"
)
_CMDLET = re.compile(rf"(?:PS [^>\n]{{0,80}}>\s*)?(?:{'|'.join(_VERBS.split())})-[A-Z][A-Za-z]+(?=$|\s+\S)")
_PROSE_END = re.compile(r"[a-zäöüß)]{2}[.:!?]$")
_OPTION = re.compile(r"\s[-|][A-Za-z\s]|\|")
_PATH = re.compile(r"(?:%\w+%|[A-Za-z]:|\\\\[\w.$-]+|~)[\\/][^\n]*|/(?:etc|var|usr|opt|srv|home|tmp)/\S*")
_WINDOWS_PROMPT = re.compile(r"[A-Za-z]:\\[^>\n]{0,80}>\s*\S")
_SHELL_PROMPT = re.compile(r"\$ \S")
_PROMPTS = MappingProxyType(
    {
        "bash": re.compile(r"^[ \t]*[$#] (?=\S)"),
        "powershell": re.compile(r"^PS [^>\n]{0,80}>\s*"),
        "cmd": re.compile(r"^[A-Za-z]:\\[^>\n]{0,80}>\s*"),
    }
)
_SHELLS = MappingProxyType(
    {
        "shell": "bash", "sh": "bash", "bash": "bash", "zsh": "bash", "console": "bash", "shell-session": "bash",
        "terminal": "bash", "powershell": "powershell", "pwsh": "powershell", "ps1": "powershell", "posh": "powershell",
        "ps": "powershell", "cmd": "cmd", "bat": "cmd", "batch": "cmd", "dos": "cmd", "sql": "sql", "mysql": "sql",
        "promql": "promql", "python": "python", "exchange": "exchange",
    }
)  # fmt: skip
"""The shells that languages of code blocks stand for; those of files and output have none."""
_TERMINALS = frozenset({"console", "shell-session", "terminal"})
_EXCHANGE = re.compile(r"Exchange[ -](?:Management Shell|Verwaltungsshell)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{%[1-9]")
_UNIX = re.compile(
    r"\b(?:linux|unix|bash|systemd|systemctl|journalctl|kubernetes|kubectl|sudo)\b|(?<!\S)/(?:etc|usr|var)/",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\s[\\`^]|\|)$")
"""What continues a command, but ends no path."""


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


def _known_by_form(line: str) -> str:
    if _SHELL_PROMPT.match(line):
        return "bash"
    if _WINDOWS_PROMPT.match(line):
        return "cmd"
    if (found := _CMDLET.match(line)) and (not _PROSE_END.search(line) or _OPTION.search(line, found.end())):
        return "powershell"
    return "text" if _PATH.fullmatch(line) and not _PROSE_END.search(line) and len(line.split()) < 12 else ""


def commands_of(code: Code, around: str) -> tuple[Command | None, str]:
    """The command that a block of code is, without prompts; and what else it shows: the command's output.

    Args:
        code: the block.
        around: all text of the article, which may name the shell.

    Returns:
        None if it is no command, and then all of it as what it shows.
    """
    named = code.language.lower()
    shell = _SHELLS.get(named, "") if named else code_language(code.text)
    if shell == BOTH:
        shell = "bash" if _UNIX.search(around) else "cmd"
    if not named and known_by_name(code.text.partition("\n")[0]) and not _is_all_commands(code.text):
        return None, code.text  # a command and what it shows, and nobody knows which is which
    if not shell or shell == "text" or _PLACEHOLDER.search(code.text):
        return None, code.text
    lines = code.text.split("\n")
    prompt = _PROMPTS.get(shell)
    # A number sign is the prompt of root where a terminal is shown, and elsewhere a comment.
    root = named in _TERMINALS and not any(_SHELL_PROMPT.match(line.lstrip()) for line in lines)
    prompted = [bool(prompt and prompt.match(line) and (root or line.lstrip()[0] != "#")) for line in lines]
    if prompt is None or not any(prompted):
        run, shown = lines, list[str]()
    else:
        run, shown = _sorted_out(lines, prompted, prompt)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in run) and shell == "bash":
        return None, code.text  # nothing but comments
    if shell == "powershell" and _EXCHANGE.search(around):
        shell = "exchange"
    return Command(shell, "\n".join(run).strip("\n")), "\n".join(shown).strip("\n")


def _sorted_out(lines: list[str], prompted: list[bool], prompt: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Lines behind a prompt, with those that continue them or comment on them; and the others."""
    run: list[str] = []
    shown: list[str] = []
    continued = False
    for line, is_prompted in zip(lines, prompted, strict=True):
        if is_prompted:
            run.append(prompt.sub("", line))
            continued = line.rstrip().endswith(("\\", "`", "|", "<<EOF"))
        elif continued:
            run.append(line)
            continued = line.rstrip().endswith(("\\", "`", "|"))
        elif line.lstrip().startswith("#") and not shown:
            run.append(line)
        elif line.strip() or shown:
            shown.append(line)
    return run, shown


def _is_all_commands(text: str) -> bool:
    continued = False
    for line in text.split("\n"):
        if not continued and line.strip() and line.lstrip()[0] != "#" and code_language(line) in {"", "text"}:
            return False
        continued = goes_on(line)
    return True
