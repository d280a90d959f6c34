"""The articles of each volume as one page of HTML, with styles that come near the book's."""

from __future__ import annotations

import html
import os
from pathlib import Path

from kb_gen.document import find_targets, product_volumes
from kb_gen.locales import Localizer
from kb_gen.site.context import LocaleSite
from kb_gen.site.kept_settings import project_settings
from kb_gen.site.reading import read_project
from kb_gen.site.workers import Processes

__all__ = ["write_pages"]

_STYLES = """
@page { size: A4; margin: 25mm 23mm 22mm; @bottom-right { content: counter(page); font-size: 8.6pt } }
body { font: 10pt/1.3 serif; text-align: justify; hyphens: auto }
h1 { font-size: 15pt; margin: 2.8em 0 .6em } h2 { font-size: 11pt } h1, h2, h3 { break-after: avoid }
pre { font-size: 7.8pt; white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3; padding: 5pt }
code { font-family: monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; font-size: 8.8pt } td, th { border-top: .4pt solid #888; padding: 3pt 4pt }
"""


def write_pages(project: Path, locale: str, folder: Path) -> list[Path]:
    """Write a page for each volume of a project, in one language."""
    settings = project_settings(project / "mkdocs.yml")
    read = read_project(settings, Processes(os.cpu_count() or 1))
    targets = find_targets(read.kb)
    site = LocaleSite(read.kb, targets, Localizer(read.kb, read.catalogs, locale, settings.source_locale))
    renderer = site.renderer(2)
    folder.mkdir()
    pages = []
    for volume in [volume for own in product_volumes(read.kb).values() for volume in own]:
        bodies = "".join([str(renderer.article(site.writer.article(entry))) for entry in volume.entries])
        title = html.escape(volume.title)
        page = folder / f"{Path(volume.file).stem}.html"
        page.write_text(
            f'<!doctype html>\n<html lang="{locale}"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{_STYLES}</style></head><body>{bodies}</body></html>\n",
            encoding="utf-8",
        )
        pages.append(page)
    return pages
