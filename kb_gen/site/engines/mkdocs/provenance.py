"""Where a configuration comes from, and whether what MkDocs makes of it depends on nothing that can't be told.

A plugin, a hook or an extension of Markdown may read whatever it likes: other files, the clock, the network. So only
those are known here that don't; with any other, nothing is kept from one build to the next.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from mkdocs.exceptions import ConfigurationError as MkDocsConfigurationError
from mkdocs.utils import markdown_extensions as markdown_suffixes
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from kb_gen.site.engines import LocaleShape
from kb_gen.site.engines.mkdocs.search import SEARCH_PLUGIN
from kb_gen.site.evidence import ALL, Sources

__all__ = ["Provenance", "provenance"]

_PLUGINS: Mapping[str, frozenset[str] | None] = {
    # Not with dictionaries of words, which are files anywhere.
    "search": frozenset({"enabled", "lang", "separator", "pipeline"}),
    SEARCH_PLUGIN: frozenset({"enabled", "lang", "separator", "pipeline"}),
    "kb-gen": None,
    "offline": None,
    "material/offline": None,
}
"""Plugins that depend on nothing but pages and their options; where not all options are such, those that are."""

_EXTENSIONS = re.compile(
    r"""
    (?:markdown\.extensions\.)?
    (?:abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|legacy_attrs|legacy_em|md_in_html|meta
    |nl2br|sane_lists|smarty|tables|toc|wikilinks)
    |pymdownx\.
    (?:arithmatex|betterem|blocks\.(?:admonition|caption|definition|details|html|tab)|caret|critic|details|emoji|escapeall
    |extra|fancylists|highlight|inlinehilite|keys|magiclink|mark|progressbar|quotes|saneheaders|smartsymbols|striphtml
    |superfences|tabbed|tasklist|tilde)
    """,
    re.VERBOSE,
)
"""Extensions of Markdown that depend on nothing but the text and their options."""

# Options that name files or folders to read.
_READING_OPTIONS = frozenset({"custom_icons"})

_STANDARD_TAG = "tag:yaml.org,2002:"
_CODE_TAG = re.compile(r"tag:yaml\.org,2002:python/(?:name|object/apply):(?:material|pymdownx)\.[\w.]+")
# What a template can show that isn't in any file: the date, chance, and whatever Python's own names lead to.
_UNTOLD = re.compile(
    rb"build_date|update_date|\brandom\b|\blipsum\b|\battr\b|content_string|content_bytes"
    rb"|__(?:class|dict|globals|builtins|init|mro|self|func|getattribute)"
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a configuration was read from, and what it says of the files that are used with it.

    Attributes:
        settings: all that the configuration's meaning depends on.
        templates: the user's own templates and whatever lies beside them.
        named: paths of files in the user's `docs_dir` that become part of the site if they exist.
    """

    settings: Sources
    templates: Sources
    named: tuple[Path, ...]

    def frame(self, shapes: Sequence[LocaleShape]) -> Sources:
        """All that the theme's frame and the hand-written pages depend on, besides the templates."""
        pages = {shape.pages.resolve(): markdown_suffixes for shape in shapes if shape.pages}
        return Sources(self.settings.files, pages, (*self.settings.places, *self.named), self.settings.variables)


def provenance(config_file: Path) -> Provenance | None:
    """Where the configuration in `config_file` comes from; None where a site may depend on more than can be told."""
    read = _Read()
    try:
        with config_file.open("rb") as stream:
            values = yaml_load(stream, read.loader())
    except (OSError, MkDocsConfigurationError):
        return None
    if read.strange or not isinstance(values, dict) or not _is_told(values):
        return None
    folder = config_file.resolve().parent
    docs_dir = folder / str(values.get("docs_dir") or "docs")
    theme = values.get("theme")
    options = theme if isinstance(theme, dict) else {}
    custom = folder / str(options["custom_dir"]) if options.get("custom_dir") else None
    if custom is not None and not _are_told(custom):
        return None
    return Provenance(
        Sources(
            tuple(Path(name) for name in dict.fromkeys(read.files)),
            {},
            (docs_dir, *([custom] if custom else [])),
            tuple(sorted(read.variables)),
        ),
        Sources(trees={custom: ALL} if custom else {}),
        tuple(docs_dir / name for name in _named(values, options)),
    )


class _Node(Protocol):
    """A node of a YAML document."""

    tag: str
    value: str | list[_Node] | list[tuple[_Node, _Node]]


class _Named(Protocol):
    """A loader, which knows the name of its file."""

    name: str


@dataclass
class _Read:
    """What was seen while a configuration and those that it inherits from were read.

    Attributes:
        files: the files.
        variables: the environment variables that they ask for.
        strange: whether they hold anything of which it can't be told what it depends on.
    """

    files: list[str] = field(default_factory=list)
    variables: set[str] = field(default_factory=set)
    strange: bool = False

    def loader(self) -> type[Any]:
        """A loader of YAML like MkDocs' own, of whose documents note is taken."""
        base: Any = get_yaml_loader()

        def construct_document(loader: _Named, node: _Node) -> object:
            self.files.append(os.path.abspath(loader.name))  # noqa: PTH100 - as MkDocs has opened it
            for each in _nodes(node):
                self._note(each)
            return base.construct_document(loader, node)

        return type("Loader", (base,), {"construct_document": construct_document})

    def _note(self, node: _Node) -> None:
        if node.tag == "!ENV":
            names = [node.value] if isinstance(node.value, str) else [_text(inner) for inner in node.value]
            self.variables.update(names)
        elif not node.tag.startswith(_STANDARD_TAG) or "python/" in node.tag:
            self.strange |= _CODE_TAG.fullmatch(node.tag) is None


def _text(node: _Node | tuple[_Node, _Node]) -> str:
    return str(getattr(node, "value", ""))


def _nodes(top: _Node) -> Iterator[_Node]:
    """All nodes of a YAML document, each once."""
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node.value, list):
            for child in node.value:
                waiting += child if isinstance(child, tuple) else [child]


def _is_told(values: Mapping[str, Any]) -> bool:
    if values.get("hooks"):
        return False
    return all(
        name in _PLUGINS and ((known := _PLUGINS[name]) is None or _keys(options) <= known)
        for name, options in _entries(values.get("plugins"))
    ) and all(
        _EXTENSIONS.fullmatch(name) is not None and not _keys(options) & _READING_OPTIONS
        for name, options in _entries(values.get("markdown_extensions"))
    )


def _entries(listed: object) -> Iterator[tuple[str, object]]:
    """Names and options of plugins or extensions."""
    if isinstance(listed, Mapping):
        yield from ((str(name), options) for name, options in listed.items())
    elif isinstance(listed, Sequence) and not isinstance(listed, str):
        for entry in listed:
            yield from _entries(entry) if isinstance(entry, Mapping) else [(str(entry), None)]
    elif listed is not None:
        yield str(listed), None


def _keys(options: object) -> set[str]:
    """The names of all options, those inside others included."""
    if isinstance(options, Mapping):
        return {str(name) for name in options}.union(*map(_keys, options.values()))
    if isinstance(options, list | tuple):
        return set().union(*map(_keys, options))
    return set()


def _are_told(custom: Path) -> bool:
    """Whether no template of the user's shows anything that isn't in a file."""
    try:
        return not any(_UNTOLD.search(file.read_bytes()) for file in custom.rglob("*") if file.is_file())
    except OSError:
        return False


def _named(values: Mapping[str, Any], theme: Mapping[str, Any]) -> Iterator[str]:
    for name in (
        *_list(values.get("extra_css")),
        *(
            script.get("path") if isinstance(script, Mapping) else script
            for script in _list(values.get("extra_javascript"))
        ),
        theme.get("logo"),
        theme.get("favicon"),
    ):
        if name and "://" not in str(name):
            yield str(name)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
