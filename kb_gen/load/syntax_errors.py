"""What a YAML parser says, in an author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load.composition import MAX_DEPTH, MAX_VALUES, TooDeepError, TooManyValuesError

__all__ = ["syntax_error"]

# What libyaml takes (yaml_parser_update_buffer), the other way round.
_REFUSED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_QUOTE = "put the value in quotes, or write `>-` behind the field's name and the text below it, indented"

_WHOLE = "put the whole value in single quotes, with `''` for each apostrophe in it"
_BAD_START = r"cannot start any token|(alias|anchor).*did not find expected alphabetic or numeric|undefined alias"


@dataclass(frozen=True, slots=True)
class _Wording:
    """How one complaint of the parser is put.

    Attributes:
        problem: what the parser says, as a pattern (libyaml and PyYAML differ a little).
        code: our name for it.
        message: our words for it.
        help: how to mend it.
        at_context: whether the mistake is where the parser began, not where it gave up.
    """

    problem: str
    code: str
    message: str
    help: str
    at_context: bool = False


_WORDINGS = (
    _Wording(
        r"mapping values are not allowed",
        "unquoted-value",
        "a colon followed by a space ends the text here",
        _QUOTE,
    ),
    _Wording(
        r"unknown escape character|hexdecimal|hexadecimal|invalid Unicode character",
        "unknown-escape",
        "the backslash here begins no escape sequence that YAML knows",
        "use single quotes, in which backslashes mean nothing, or write `\\\\`",
    ),
    _Wording(
        r"quoted scalar.*(end of stream|document (indicator|separator))",
        "unclosed-quote",
        "the quote that opens here is never closed",
        "close it; inside single quotes write `''` for an apostrophe, inside double quotes `\\\"` for a quote",
        at_context=True,
    ),
    _Wording(
        r"found a tab character",
        "tab-indentation",
        "a tab character indents this line",
        "indent with spaces; YAML allows no tabs there",
    ),
    _Wording(
        r"could not find expected ':'",
        "wrong-indentation",
        "this line is neither a field with its value nor part of the text above",
        "put a colon and a space behind the field's name, or indent the line further than the field it belongs to",
        at_context=True,
    ),
    _Wording(
        r"duplicate anchor",
        "yaml-alias",
        "this anchor's name is used twice",
        "give each anchor its own name",
    ),
    _Wording(
        r"expected a single document",
        "several-documents",
        "a second document begins here",
        "a file holds one document; write several records as a list, each behind `- `",
    ),
    _Wording(
        r"directive",
        "yaml-syntax",
        "a line may not begin with `%`",
        "indent the line further than the field it belongs to, or put the value in quotes",
        at_context=True,
    ),
    _Wording(
        r"expected '?<document start>'?",
        "yaml-syntax",
        "this line doesn't belong to the record above",
        _QUOTE,
    ),
    _Wording(
        r"flow (sequence|mapping|node)",
        "unclosed-bracket",
        "the bracket that opens here isn't closed, or text follows in it that YAML can't read",
        f"close the bracket; if it is part of a text, {_QUOTE}",
        at_context=True,
    ),
    _Wording(
        r"did not find expected (key|'-' indicator)|expected <block end>|not allowed",
        "wrong-indentation",
        "this doesn't fit what stands above it",
        "fields of one entry begin in the same column, and nothing may follow a closing quote or bracket",
    ),
    _Wording(
        r"block scalar",
        "wrong-indentation",
        "behind `|` or `>` the line has to end",
        "begin the text on the next line, indented",
    ),
)


def syntax_error(reason: yaml.YAMLError, text: str, path: str) -> Diagnostic:
    """The diagnostic for a file that the parser couldn't read.

    Args:
        reason: what the parser raised.
        text: the file's decoded text.
        path: the file, relative to the project's root.
    """
    if isinstance(reason, TooDeepError):
        return error(
            "too-deep",
            f"values nest more than {MAX_DEPTH} levels deep here",
            Place(path, reason.start, min(reason.start + 1, len(text))),
            "flatten the steps; if this isn't meant to be a list or a mapping, put it in quotes",
        )
    if isinstance(reason, TooManyValuesError):
        return error(
            "file-too-large",
            f"the file holds more than {MAX_VALUES:,} values",
            Place(path),
            "split it: a file may hold one record or a list of them",
        )
    refused = re.search(_REFUSED, text)
    if refused is not None or not isinstance(reason, yaml.MarkedYAMLError):
        return _control_character(refused, path)
    return _marked(reason, text, path)


def _control_character(refused: re.Match[str] | None, path: str) -> Diagnostic:
    if refused is None:
        return error("yaml-syntax", "the file is no YAML", Place(path))
    return error(
        "control-character",
        f"the control character U+{ord(refused.group()):04X} may not stand in a file",
        Place(path, refused.start(), refused.end()),
        "remove it",
    )


def _marked(reason: yaml.MarkedYAMLError, text: str, path: str) -> Diagnostic:
    said = f"{reason.context or ''}: {reason.problem or ''}"
    start = reason.problem_mark.index if reason.problem_mark else 0
    begun = reason.context_mark.index if reason.context_mark else start
    if re.search(_BAD_START, said):
        return _bad_start(text, path, begun)
    if "expected" in said and re.search(r"[]}'\"][ \t]*$", text[:start].rpartition("\n")[2]):
        return error(
            "unquoted-value", "text follows behind a closing quote or bracket", _point(text, path, start), _WHOLE
        )
    for wording in _WORDINGS:
        if re.search(wording.problem, said, re.DOTALL):
            at = begun if wording.at_context else start
            return error(wording.code, wording.message, _point(text, path, at), wording.help)
    return error("yaml-syntax", f"this is no YAML: {reason.problem}", _point(text, path, start), _QUOTE)


def _bad_start(text: str, path: str, start: int) -> Diagnostic:
    character = text[start : start + 1]
    name = "a backtick" if character == "`" else f"`{character}`"
    place = _point(text, path, start)
    if character == "\t":
        return error(
            "tab-indentation",
            "a tab character indents this line",
            place,
            "indent with spaces; YAML allows no tabs there",
        )
    return error("unquoted-value", f"a value may not begin with {name} unless it is quoted", place, _QUOTE)


def _point(text: str, path: str, start: int) -> Place:
    """One character; at the end of the file, the last that can be seen."""
    if start >= len(text) or not text[start:].strip():
        start = max(len(text.rstrip()) - 1, 0)
    return Place(path, start, min(start + 1, len(text)))
