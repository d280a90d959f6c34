"""Babel's view of a project: lets `pybabel extract` find what there is to translate in the content folder.

Babel asks for one file after the other, and knows no records. What a text's entry says depends on all places in which
it stands, so the project is read once, and each file is given the entries that refer to it, whole: Babel joins what
is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO

from kb_gen.diagnostics import FORMATS, Severity
from kb_gen.load import load_project
from kb_gen.locales import extract
from kb_gen.locales.po import PoEntry
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.kept_settings import project_settings

__all__ = ["Extracted", "extract_units"]

Extracted = tuple[int, str | None, str | tuple[str, str], list[str]]
"""A message as Babel wants it: line, keyword, texts, comments. Line 0 is none, so that none is written."""

_CONFIGURATION = "mkdocs.yml"
_WITH_CONTEXT = "pgettext"


def extract_units(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001 - all comments are for translators
    options: Mapping[str, str],
) -> Iterator[Extracted]:
    """The texts of one file of a project, see https://babel.pocoo.org/en/latest/messages.html#writing-extraction-methods.

    Args:
        file: the file, open.
        keywords: the keywords that Babel knows; the one for texts with a context must be among them.
        comment_tags: which comments a programmer has meant for translators.
        options: from Babel's mapping file: `config_file`, the project's configuration, if it isn't the `mkdocs.yml` in
            the next folder above that has one; `domain`, if only the texts of one catalog are wanted.

    Raises:
        SystemExit: the project can't be read; the message says why. Babel shows any other exception as a traceback.
    """
    path = Path(file.name).resolve()
    config_file = _configuration(path, options.get("config_file", ""))
    wanted = options.get("domain", "")
    entries = _entries(config_file)
    if wanted and wanted not in entries:
        raise SystemExit(f"kb-gen: there is no domain `{wanted}`; there are {', '.join(entries)}")
    own = path.relative_to(config_file.parent).as_posix() if path.is_relative_to(config_file.parent) else ""
    for domain in [wanted] if wanted else entries:
        for entry in entries[domain].get(own, ()):
            comments = list(entry.extracted)
            if entry.context is None:
                yield 0, None, entry.msgid, comments
            elif _WITH_CONTEXT in keywords:
                yield 0, _WITH_CONTEXT, (entry.context, entry.msgid), comments
            else:
                raise SystemExit("kb-gen: texts with a context need Babel's keyword: add `-k pgettext:1c,2`")


def _configuration(path: Path, named: str) -> Path:
    if named:
        return Path(named).resolve()
    for folder in path.parents:
        if (folder / _CONFIGURATION).is_file():
            return folder / _CONFIGURATION
    raise SystemExit(f"kb-gen: {path} is in no project: no folder above it has a {_CONFIGURATION}")


@lru_cache(maxsize=1)
def _entries(config_file: Path) -> dict[str, dict[str, list[PoEntry]]]:
    """The entries of a project's templates by domain and file. Babel runs once, and asks for each of many files."""
    try:
        settings = project_settings(config_file)
    except (ConfigurationError, OSError) as reason:
        raise SystemExit(f"kb-gen: {reason}") from reason
    loaded = load_project(settings.root, settings.content)
    errors = [finding for finding in loaded.diagnostics if finding.severity is Severity.ERROR]
    if errors:
        # A template of what could be read alone would throw the translations of the rest out of the catalogs.
        told = "\n".join(FORMATS["concise"](errors, loaded.sources))
        raise SystemExit(f"{told}\nkb-gen: nothing can be extracted before the errors are mended")
    found: dict[str, dict[str, list[PoEntry]]] = {}
    for domain, template in extract(loaded.knowledge_base, settings.workbench_url).items():
        by_file = found.setdefault(domain, {})
        for entry in template.entries:
            for path in entry.references:
                by_file.setdefault(path, []).append(entry)
    return found
