"""A whole project on disk: records, what they share, German catalogs, configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from kb_gen.locales.catalogs import catalog_path
from kb_gen.locales.headers import catalog_header, template_header
from kb_gen.locales.po import PoFile, write_po
from kb_gen.locales.template_files import template_path
from kb_gen.locales.templates import Template, extract
from kb_gen.model import Category, Entry, KnowledgeBase, Product, Record, Step, slug
from kb_gen.site.settings import WORKBENCH_URL
from synthetic.events import EventWriter
from synthetic.lexicon import Lexicon, read_lexicon
from synthetic.prose import Pattern, Prose, read_patterns
from synthetic.yaml_text import yaml_text

__all__ = ["write_project"]

_CREATED = "2024-01-01 00:00+0000"
_PROJECT = "Synthetic events"
_SOURCES = 50
_SNIPPETS = 12
_CATEGORIES = 15
_PRODUCTS = {
    "mailserver": ("Contoso Mail Server", {"14.0": "Contoso Mail Server 2010", "15.0": "Contoso Mail Server 2013"}),
    "database": ("Contoso Database", {"11.0": "Contoso Database 2012", "16.0": "Contoso Database 2022"}),
    "directory": ("Contoso Directory", {"6.3": "Contoso Directory 2012 R2", "10.0": "Contoso Directory 2016"}),
    "backup": ("Contoso Backup", {"4.2": "Contoso Backup 4.2"}),
}
_MKDOCS_YML = """\
site_name: Synthetic events
site_url: https://events.example.com/
docs_dir: content/pages
site_dir: site
theme:
  name: material
  features:
    - content.code.copy
    - navigation.footer
    - navigation.top
    - search.highlight
    - toc.follow
plugins:
  - search
  - kb-gen:
      locales: [en, de]
      site_names:
        de: Erfundene Ereignisse
"""
_PAGES = {
    "en": "# About these events\n\nNo product has ever logged them. They are here to be **counted**.\n",
    "de": "# Über diese Ereignisse\n\nKein Produkt hat sie je protokolliert. Sie sind da, um **gezählt** zu werden.\n",
}


@dataclass(frozen=True, slots=True)
class _Source:
    """An event source and where it belongs."""

    product: str
    name: str


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the records share, as data for its files, and the German of its texts."""

    sources: tuple[_Source, ...]
    products: dict[str, Any]
    categories: dict[str, Any]
    snippets: dict[str, Any]
    german: dict[str, str]


def write_project(folder: Path, records: int, seed: int = 1) -> None:
    """Write a project with so many records into `folder`; the same number and seed give the same bytes.

    Args:
        folder: where to; it is made if it doesn't exist.
        records: how many events.
        seed: another seed gives other texts.
    """
    lexicon, patterns = read_lexicon(), read_patterns()
    shared = _shared(lexicon, patterns, Random(f"{seed}/shared"))
    entries: list[Entry] = []
    german = dict(shared.german)
    writer = EventWriter(lexicon, patterns, seed)
    used: set[str] = set()
    for number in range(records):
        entry, names, translations, fields = _entry(number, records, writer, shared)
        german |= translations
        used.update(names)
        entries.append(entry)
        _write(folder, entry.path, f"# yaml-language-server: $schema=../../../schema/record.json\n{yaml_text(fields)}")
    snippets = {name: step for name, step in shared.snippets.items() if name in used}
    for name, data in (("products", shared.products), ("categories", shared.categories), ("snippets", snippets)):
        _write(folder, f"content/{name}.yml", yaml_text(data))
    entries.sort(key=lambda entry: (entry.record.product, entry.record.source, int(entry.record.id)))
    knowledge_base = KnowledgeBase(
        products=msgspec.convert(shared.products, dict[str, Product]),
        categories=msgspec.convert(shared.categories, dict[str, Category]),
        snippets=msgspec.convert(snippets, dict[str, Step]),
        entries=tuple(entries),
        paths={name: f"content/{name}.yml" for name in ("products", "categories", "snippets")},
    )
    for template in extract(knowledge_base, WORKBENCH_URL).values():
        _write_catalogs(folder, template, german)
    for locale, text in _PAGES.items():
        _write(folder, f"content/pages/{locale}/about.md", text)
    _write(folder, "mkdocs.yml", _MKDOCS_YML)


def _write(folder: Path, path: str, content: str | bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def _entry(
    number: int, records: int, writer: EventWriter, shared: _Shared
) -> tuple[Entry, tuple[str, ...], Mapping[str, str], Mapping[str, Any]]:
    """A record, the snippets it uses, the German of its texts, and its data."""
    source = _source_of(number, shared)
    random = Random(f"{writer.seed}/{number}/identity")
    names = tuple(random.sample(sorted(shared.snippets), 2))
    identity = {
        "id": _id_of(number),
        "source": source.name,
        "product": source.product,
        "version": random.choice(list(_PRODUCTS[source.product][1])),
        "categories": sorted(shared.categories),
    }
    other = random.randrange(records)
    # A bare reference can't hold a space, so it is written as addresses write it.
    target = f"{_source_of(other, shared).name}/{_id_of(other)}".replace(" ", "%20")
    event = writer.write(number, identity, target, names)
    path = f"content/{source.product}/{slug(source.name)}/{identity['id']}.yml"
    record = msgspec.convert(event.fields, Record, strict=False, str_keys=True)
    return Entry(record, path), names, event.german, event.fields


def _source_of(number: int, shared: _Shared) -> _Source:
    return shared.sources[number % len(shared.sources)]


def _id_of(number: int) -> str:
    return str(1000 + number // _SOURCES * 3)


def _shared(lexicon: Lexicon, patterns: dict[str, tuple[Pattern, ...]], random: Random) -> _Shared:
    prose = Prose(lexicon, patterns, random)
    german: dict[str, str] = {}

    def paragraph(*sections: str) -> str:
        pair = prose.paragraph(sections)
        german[pair.english] = pair.german
        return pair.english

    def heading() -> str:
        pair = prose.heading()
        german[pair.english] = pair.german
        return pair.english

    sources = _sources(prose)
    products = {
        key: {
            "name": name,
            "versions": versions,
            "description": paragraph("about", "about"),
            "notice": paragraph("shared"),
            "sources": {
                source.name: {"log": random.choice(("Application", "System")), "description": paragraph("about")}
                for source in sources
                if source.product == key
            },
        }
        for key, (name, versions) in _PRODUCTS.items()
    }
    categories = {prose.camel(): {"title": heading(), "description": paragraph("about")} for _ in range(_CATEGORIES)}
    snippets = {f"shared-step-{number:02}": {"text": paragraph("shared", "shared")} for number in range(_SNIPPETS)}
    return _Shared(sources, products, categories, snippets, german)


def _sources(prose: Prose) -> tuple[_Source, ...]:
    """Sources of all products by turns; every tenth has a space in its name, as real ones do."""
    products = list(_PRODUCTS)
    names: dict[str, None] = {}
    while len(names) < _SOURCES:
        separator = " " if len(names) % 10 == 9 else ""
        names[f"Contoso{separator}{prose.component()}"] = None
    return tuple(_Source(products[number % len(products)], name) for number, name in enumerate(names))


def _write_catalogs(folder: Path, template: Template, german: Mapping[str, str]) -> None:
    """A domain's template, and its German catalog with every text translated."""
    header = template_header(_PROJECT, template.domain, _CREATED)
    translated = tuple(replace(entry, msgstr=(german[entry.msgid],)) for entry in template.entries)
    catalog = PoFile(catalog_header(header, "de", _CREATED), translated)
    _write(folder, template_path("translations", template.domain), write_po(PoFile(header, template.entries)))
    _write(folder, catalog_path("translations", "de", template.domain), write_po(catalog))
