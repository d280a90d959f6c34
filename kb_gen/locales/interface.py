"""The interface's words, extracted from the package's own code and page templates.

They are the first arguments of calls of `ui`, `text`, `ui_plural`, `plural`, `marked`, `said` and `said_plural`, in
Python and in Jinja templates.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

from babel.messages.extract import extract_python
from jinja2 import Environment, nodes

from kb_gen.locales.placeholders import placeholders
from kb_gen.locales.po import PoEntry
from kb_gen.locales.templates import BRACE_FORMAT, Template
from kb_gen.locales.units import UI_DOMAIN

__all__ = ["extract_interface", "owns_interface"]

_KEYWORDS = MappingProxyType(
    {"ui": 1, "text": 1, "marked": 1, "said": 1, "ui_plural": 2, "plural": 2, "said_plural": 2}
)
"""The calls, and how many texts each begins with."""

_ELSEWHERE = frozenset({"cli", "locales"})
"""Packages in which these names mean something else."""

_COMMENT = "Translators:"


class _Found(NamedTuple):
    texts: tuple[str, ...]
    comments: tuple[str, ...]


def owns_interface(root: Path) -> bool:
    """Whether a project is this package's own, whose `ui` catalogs are maintained there and nowhere else."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        return False
    return isinstance(project, dict) and project.get("name") == "kb-gen" and (root / "kb_gen").is_dir()


def extract_interface(root: Path) -> Template:
    """The template of the interface's words, from the package in the folder `kb_gen` of `root`."""
    package = root / "kb_gen"
    gathered: dict[str, _Words] = {}
    for file in sorted(package.rglob("*")):
        inner = file.relative_to(package)
        if inner.parts[0] in _ELSEWHERE or "node_modules" in inner.parts:
            continue
        for found in _words_in(file):
            words = gathered.setdefault(found.texts[0], _Words({}, {}))
            words.paths[file.relative_to(root).as_posix()] = None
            words.comments.update(dict.fromkeys(found.comments))
            if len(found.texts) > 1:
                words.plural = found.texts[1]
    return Template(UI_DOMAIN, tuple(_entry(msgid, words) for msgid, words in gathered.items()))


@dataclass(slots=True)
class _Words:
    """What is known of interface words so far; dictionaries stand for ordered sets."""

    paths: dict[str, None]
    comments: dict[str, None]
    plural: str | None = None


def _entry(msgid: str, words: _Words) -> PoEntry:
    named = placeholders(msgid) or placeholders(words.plural or "")
    return PoEntry(
        msgid,
        msgstr=("",) if words.plural is None else ("", ""),
        msgid_plural=words.plural,
        extracted=tuple(words.comments),
        references=tuple(words.paths),
        flags=(BRACE_FORMAT,) if named else (),
    )


def _words_in(file: Path) -> Iterator[_Found]:
    if file.suffix == ".py":
        yield from _python_words(file)
    elif file.suffix == ".html":
        yield from _page_words(file)


def _python_words(file: Path) -> Iterator[_Found]:
    with file.open("rb") as source:
        calls = extract_python(source, dict.fromkeys(_KEYWORDS), [_COMMENT], {})
        for _, name, messages, comments in cast("Iterator[tuple[int, str, object, list[str]]]", calls):
            texts = tuple(messages) if isinstance(messages, tuple | list) else (messages,)
            wanted = tuple(text for text in texts[: _KEYWORDS[name]] if isinstance(text, str) and text)
            if len(wanted) == _KEYWORDS[name]:
                yield _Found(wanted, tuple(comment.removeprefix(_COMMENT).strip() for comment in comments))


def _page_words(file: Path) -> Iterator[_Found]:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    for call in environment.parse(file.read_text("utf-8"), filename=str(file)).find_all(nodes.Call):
        name = str(getattr(call.node, "attr", None) or getattr(call.node, "name", ""))
        if name not in _KEYWORDS:
            continue
        leading = call.args[: _KEYWORDS[name]]
        texts = tuple(arg.value for arg in leading if isinstance(arg, nodes.Const) and isinstance(arg.value, str))
        if len(texts) == _KEYWORDS[name] and texts[0]:
            yield _Found(texts, ())
