"""The index of Material's search, one per locale, from entries instead of from parsed pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from markupsafe import escape

from kb_gen.site.engines import Asset, SearchEntry

if TYPE_CHECKING:  # an index can be written without MkDocs
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
from kb_gen.render.surrogates import without_halves

__all__ = ["SEARCH_PLUGIN", "SearchSettings", "index_document", "index_file", "search_assets", "search_settings"]

SEARCH_PLUGIN = "material/search"
# What stands between words. A full stop or colon inside a number or address (`14.0`) joins; HTML entities are in the
# text because Material shows it as HTML. `_` belongs to identifiers.
_SEPARATOR = (
    r"""[\s\-\u200b\u3000\u2010-\u2027\u2030-\u205e\u00ab\u00bb\u060c\u061b\u061f"""
    r"""\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"""
    r"""!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]+|\.(?!\d)|&(?:amp|lt|gt|#39|#34);"""
)
# Material's worker takes a query in Chinese apart by what the index has; single characters are what it can have
# without a dictionary.
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_FIELDS = {"title": {"boost": 4.0}, "text": {"boost": 1.0}, "names": {"boost": 6.0}}


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How Material's search worker reads an index: lunr's languages and pipeline, and what separates words."""

    lang: tuple[str, ...]
    separator: str
    pipeline: tuple[str, ...]


def search_settings(config: MkDocsConfig, environment: Environment) -> SearchSettings:
    """The settings for a locale: what the user configured for the plugin, else what the language needs.

    Where lunr has no stemmer for the language, words are indexed as they are: English stems and stop words would
    harm them.
    """
    options = config.plugins[SEARCH_PLUGIN].config
    lang, pipeline = _stemming(config, environment)
    settings = SearchSettings(
        lang=tuple(options.lang or [lang]),
        separator=options.separator or _SEPARATOR,
        pipeline=tuple(options.pipeline if options.pipeline is not None else pipeline),
    )
    # Unset, the plugin would compile the theme's language files again for each of these.
    options.lang, options.separator = list(settings.lang), settings.separator
    options.pipeline = list(settings.pipeline)
    return settings


def _stemming(config: MkDocsConfig, environment: Environment) -> tuple[str, list[str]]:
    """Lunr's language and pipeline: Material's choice for the language, with the stemmer that Material leaves out."""
    if config.extra["locale"].partition("-")[0].lower() == "en":
        return "en", ["stemmer", "stopWordFilter"]
    name = config.theme["language"]
    words = environment.get_template(f"partials/languages/{name}.html").module
    lang = words.t("search.config.lang")  # type: ignore[attr-defined]
    if name == "en" or not _has_language(config, lang):
        return "en", []
    chosen = words.t("search.config.pipeline")  # type: ignore[attr-defined]
    return lang, re.findall(r"\w+", chosen or "stemmer,stopWordFilter")


def _has_language(config: MkDocsConfig, lang: str) -> bool:
    script = f"assets/javascripts/lunr/min/lunr.{lang}.min.js"
    return any(Path(folder, script).is_file() for folder in config.theme.dirs)


class _Document(msgspec.Struct, frozen=True, gc=False):
    """An entry as the index has it; title and text are HTML."""

    location: str
    title: str
    text: str
    names: str | msgspec.UnsetType
    boost: float | msgspec.UnsetType


def index_document(entry: SearchEntry) -> bytes:
    """What the index has of an entry, as finished JSON."""
    try:
        return msgspec.json.encode(_document(entry))
    except UnicodeEncodeError:
        # Half a surrogate pair, which a text may have and a file can't.
        terms = tuple(map(without_halves, entry.terms))
        entry = replace(entry, title=without_halves(entry.title), text=without_halves(entry.text), terms=terms)
        return msgspec.json.encode(_document(entry))


def _document(entry: SearchEntry) -> _Document:
    return _Document(
        entry.url.removeprefix(f"{entry.locale.lower()}/"),
        _shown(entry.title, entry.locale),
        _shown(entry.text, entry.locale),
        " ".join(entry.terms) or msgspec.UNSET,
        entry.weight if entry.weight != 1.0 else msgspec.UNSET,
    )


def search_assets(settings: SearchSettings, locale: str, entries: Iterable[SearchEntry | bytes]) -> Iterator[Asset]:
    """The index of a locale, once as JSON and once as a script, which `file://` needs."""
    documents = (entry if isinstance(entry, bytes) else index_document(entry) for entry in entries)
    index = index_file(settings, documents)
    yield Asset(f"{locale.lower()}/search/search_index.json", index)
    yield Asset(f"{locale.lower()}/search/search_index.js", b"var __index = " + index)


def index_file(settings: SearchSettings, documents: Iterable[bytes]) -> bytes:
    """The index as JSON, of documents that are JSON already."""
    head = {
        "lang": settings.lang,
        "separator": settings.separator,
        "pipeline": settings.pipeline,
        "fields": _FIELDS,
    }
    return b"".join([b'{"config":', msgspec.json.encode(head), b',"docs":[', *_with_commas(documents), b"]}"])


def _with_commas(documents: Iterable[bytes]) -> Iterator[bytes]:
    separator = b""
    for document in documents:
        yield separator
        yield document
        separator = b","


def _shown(text: str, locale: str) -> str:
    html = str(escape(text))
    return re.sub(_HAN, "\u200b\\g<0>\u200b", html) if locale.partition("-")[0].lower() == "zh" else html
