"""Lines that call a program of Windows or Unix by its name, told from sentences about that program.

A name alone proves nothing: `net`, `find` and `du` are words, and "ipconfig shows the addresses" is a sentence. So a
line is a command where what stands behind the name can only be arguments, such as options, paths or the program's own
subcommands, and where none of it is a word that sentences are made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb_gen.importers.formats.article_command_names import (
    ARGUMENT_WORDS,
    BOTH,
    CALLED_ALONE,
    NET,
    PROSE,
    SHELLS,
    SUBCOMMANDS,
    WITH_VALUES,
    WORDS,
)

__all__ = ["program_shell"]

_SERVICE = re.compile(r"service [\w@.-]+ (?:reload|restart|start|status|stop)")
_OPTION = re.compile(r"--?[A-Za-z?0-9][\w-]*(?:[=:]\S*)?|/[A-Za-z?][\w-]*(?:[:=]\S*)?")
_SLASHED = re.compile(r"/[A-Za-z?][\w-]*(?:[:=]\S*)?")
_PATH = re.compile(r"[A-Za-z]:(?:[\\/]\S*)?|\\\\\S+|\.{0,2}/\S+|\.{1,2}(?:\\\S+)?|~/\S*|%\w+%\S*|[\w.$-]*\*\.?\w*")
_UNIX = re.compile(r"--.*|~?/\w[^/]*/\S*|-(?:delete|exec|iname|mtime|name|print|size|type)")
_JOINT = re.compile(r"\|\|?|&&?|\d?>>?|<|2>&1")
_ASSIGNED = re.compile(r"[\w.-]+@\S+|\w[\w.-]*=\S*|https?://\S+|\w+:\S+|\"\"")
_VALUE = re.compile(r"\d+|[A-Za-z][\w-]*[\d_]\w*|\w[\w-]*(?:\.\w[\w-]*)+(?::\d+)?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_EXECUTABLE = re.compile(r"[\w.-]+\.(?:exe|cmd|bat|com)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\W\d_]{2}[.:!?…]$|(?<=\w\w)[,:](?:\s|$)|[–—“”„‘’]|(?<!\S)\(")
_LONGEST = 1000


def program_shell(line: str) -> str:
    """The shell that a line calls a program in, or `BOTH`; empty if the line is no command.

    Args:
        line: the line, without blanks around it.
    """
    line = _QUOTED.sub('""', line) if len(line) <= _LONGEST else ""
    called = line.removeprefix("sudo ").lstrip()
    first, *arguments = called.split() or [""]
    name = first.lower().removesuffix(".exe")
    shell = SHELLS.get(name) or ("cmd" if _EXECUTABLE.fullmatch(first) else "bash" if called != line else "")
    if not shell or _SENTENCE.search(called) or not _is_call(name, first, arguments):
        return ""
    if called != line:
        return "bash"
    if shell != BOTH:
        return shell
    if any(map(_UNIX.fullmatch, arguments)):
        return "bash"
    return "cmd" if any(map(_SLASHED.fullmatch, arguments)) else BOTH


def _is_call(name: str, first: str, arguments: Sequence[str]) -> bool:
    """Whether what stands behind a name can only be its arguments."""
    small = first == first.lower() or "." in first  # sentences begin with a capital letter
    if not arguments:
        return small and name in CALLED_ALONE
    is_word = name in WORDS or name not in SHELLS
    if is_word and not small and not first.isupper():
        return False
    if name == "service":
        return _SERVICE.fullmatch(" ".join([first, *arguments])) is not None
    optional = arguments[0] in SUBCOMMANDS.get(name, ())
    proved = small and optional
    optional = optional or (name == "net" and arguments[0] in NET)
    for argument in arguments:
        if _JOINT.fullmatch(argument):
            return proved or (name in CALLED_ALONE and "&" not in argument)
        optional = optional or _OPTION.fullmatch(argument) is not None
        certain = _OPTION.fullmatch(argument) is not None or _PATH.fullmatch(argument) is not None
        # `copy files C:\Temp` says what to do; behind an option, words are its values.
        if not certain and (
            argument == "=" or _makes_sentence(argument.lower(), optional) or (is_word and not optional)
        ):
            return False
        proved = proved or certain or (small and _is_value(name, argument))
    return proved


def _makes_sentence(word: str, optional: bool) -> bool:
    return word in PROSE and not (optional and word in ARGUMENT_WORDS)


def _is_value(name: str, argument: str) -> bool:
    """Whether an argument is a value that no sentence about the program has behind its name."""
    return _ASSIGNED.fullmatch(argument) is not None or (name in WITH_VALUES and _VALUE.fullmatch(argument) is not None)
