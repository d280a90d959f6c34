"""Pygments' lexers, run faster: what they find is the same.

Such a lexer is a table of rules for each of its states, and Pygments tries them one by one at every place of a text,
up to some dozens for a token. Here a state's rules are one expression, which finds the first that fits in one call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace
from pygments.token import _TokenType as TokenType

__all__ = ["Token", "TokenType", "tokens"]

Token = tuple[TokenType, str]


class _Rule(NamedTuple):
    """A rule as Pygments has it: the expression, what it finds, and which state follows."""

    match: Callable[[str, int], re.Match[str] | None]
    action: Any
    following: Any


class _Rules(NamedTuple):
    """Rules in one expression; the number of a match's last group tells which of them fits. Or a rule by itself."""

    match: Callable[[str, int], re.Match[str] | None]
    by_group: Mapping[int, _Rule]
    alone: _Rule | None = None


_State = Sequence[_Rules]


class _States(dict[str, _State]):
    """A lexer's states by name. Each is put together when it is first entered: most never are, and it takes a while."""

    def __init__(self, rules: Mapping[str, Iterable[tuple[Any, ...]]]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, name: str) -> _State:
        self[name] = state = _joined([_Rule(*rule) for rule in self._rules[name]])
        return state


_OWN_FLAG = re.compile(r"\(\?([ims])\)")
"""A flag that an expression begins with."""
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}

# References to groups would have to be renumbered, and flags inside an expression would be those of all.
_ALONE = re.compile(r"\\[1-9]|\(\?P|\(\?\(|\(\?[a-zA-Z]+\)")


_WORDS = re.compile(r"(?<!\\)\((|\?:)([A-Za-z][\w-]*(?:\|[A-Za-z][\w-]*){7,})\)", re.ASCII)
"""A list of words, in a group that may have a number."""


def tokens(lexer: Lexer, text: str) -> Iterable[Token]:
    """What `lexer.get_tokens(text)` gives."""
    states = _states(lexer)
    if states is None:
        found: Iterable[Token] = lexer.get_tokens(text)
        return found
    return _tokens(lexer, states, lexer._preprocess_lexer_input(text))  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=256)
def _states(lexer: Lexer) -> _States | None:
    """A lexer's states; None where it is of another kind."""
    own = type(lexer)
    # Some lexers go their own way with what the rules find.
    alike = own.get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed and own.get_tokens is Lexer.get_tokens
    if not isinstance(lexer, RegexLexer) or not alike or lexer.filters:
        return None
    return _States(lexer._tokens)  # type: ignore[attr-defined]  # noqa: SLF001


def _joined(rules: Iterable[_Rule]) -> _State:
    """The rules of a state in as few expressions as their order allows."""
    runs: list[list[_Rule]] = []
    flags: int | None = None
    for rule in rules:
        source, own = _source(_pattern(rule))
        alone = _ALONE.search(source) is not None
        if not runs or alone or flags != own:
            runs.append([])
        runs[-1].append(rule)
        flags = None if alone else own
    return [_one(run) for run in runs]


def _one(rules: Sequence[_Rule]) -> _Rules:
    """Several rules as one expression: each followed by an empty group, so that none has to be entered to be tried."""
    if len(rules) == 1:
        return _Rules(rules[0].match, {}, rules[0])
    patterns = [_pattern(rule) for rule in rules]
    # The last group of a rule is its own empty one.
    numbers = accumulate([pattern.groups + 1 for pattern in patterns])
    # Where comments are allowed, they end with their line only.
    _, flags = _source(patterns[0])
    end = "\n)()" if flags & re.VERBOSE else ")()"
    joined = "|".join([f"(?:{_by_letter(pattern)}{end}" for pattern in patterns])
    return _Rules(re.compile(joined, flags).match, dict(zip(numbers, rules, strict=True)))


def _by_letter(pattern: re.Pattern[str]) -> str:
    """The source of an expression whose lists of words are grouped by their first letters; it finds the same.

    Where case doesn't matter, Python tries the words of a list one by one, hundreds of them in some lexers. Words that
    begin with different letters never fit at the same place, so that only those of one letter have to stay in order.
    """
    source, _ = _source(pattern)
    return _WORDS.sub(_grouped, source) if pattern.flags & re.IGNORECASE else source


def _grouped(words: re.Match[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words[2].split("|"):
        groups.setdefault(word[0].lower(), []).append(word[1:])
    letters = [f"{letter}(?:{'|'.join(rests)})" for letter, rests in groups.items()]
    return f"({words[1]}{'|'.join(letters)})"


def _source(pattern: re.Pattern[str]) -> tuple[str, int]:
    """An expression's source and flags; one that it begins with is that of a group, so that others may follow it."""
    own = _OWN_FLAG.match(pattern.pattern)
    # Where comments are allowed, the last one may take in the end of the group.
    if own is None or pattern.flags & re.VERBOSE:
        return pattern.pattern, pattern.flags
    return f"(?{own[1]}:{pattern.pattern[own.end() :]})", pattern.flags & ~_FLAGS[own[1]]


def _pattern(rule: _Rule) -> re.Pattern[str]:
    pattern: re.Pattern[str] = rule.match.__self__  # type: ignore[attr-defined]
    return pattern


def _tokens(lexer: Lexer, states: _States, text: str) -> Iterable[Token]:
    """Pygments' own loop, with the expressions of this module."""
    tokens_found: list[Token] = []
    add = tokens_found.append
    place = 0
    stack = ["root"]
    state = states["root"]
    while True:
        for match, by_group, alone in state:
            found = match(text, place)
            if found:
                own, action, following = alone or by_group[found.lastindex or 0]
                if type(action) is TokenType:
                    add((action, found[0]))
                elif action is not None:
                    # It looks at the groups of its own expression.
                    tokens_found += [(kind, value) for _, kind, value in action(lexer, own(text, place))]
                place = found.end()
                if following is not None:
                    _follow(stack, following)
                    state = states[stack[-1]]
                break
        else:
            if place >= len(text):
                return tokens_found
            character = text[place]
            if character == "\n":
                stack = ["root"]
                state = states["root"]
            add((Whitespace if character == "\n" else Error, character))
            place += 1


def _follow(stack: list[str], following: int | str | tuple[str, ...]) -> None:
    """Enter the states that a rule names, or leave as many as it says; the first is never left."""
    if isinstance(following, int):
        del stack[max(1, len(stack) + following) :]
        return
    for name in (following,) if isinstance(following, str) else following:
        if name == "#push":
            stack.append(stack[-1])
        elif name != "#pop":
            stack.append(name)
        elif len(stack) > 1:
            stack.pop()
