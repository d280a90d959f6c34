"""What Typst takes for the files of a project, without all that `kb-gen pdf` does before and after it.

`python benchmarks/printers/typst_alone.py volume.json volume.pdf`
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kb_gen.books.library import library_of
from kb_gen.books.selection import Selection, selected
from kb_gen.document import find_targets
from kb_gen.locales import Localizer
from kb_gen.pdf.making import manuscript
from kb_gen.pdf.typesetting import typeset
from kb_gen.site.kept_settings import project_settings
from kb_gen.site.reading import read_project
from kb_gen.site.workers import Processes

__all__ = ["write_data"]


def write_data(project: Path, locale: str, folder: Path) -> list[Path]:
    """Write what Typst reads for each file of a project, in one language."""
    settings = project_settings(project / "mkdocs.yml")
    read = read_project(settings, Processes(os.cpu_count() or 1))
    targets = find_targets(read.kb)
    localizer = Localizer(read.kb, read.catalogs, locale, settings.source_locale)
    chosen = selected(Selection((), (), (), None, False), read.kb, targets, localizer)
    library = library_of(settings, read.kb, read.catalogs, targets, {locale: chosen.volumes})
    binder = library.binder(locale)
    folder.mkdir()
    files = []
    for sheet in chosen.sheets:
        inputs = {"book": manuscript(sheet, binder).book, "words": binder.words()}
        files.append(folder / f"{Path(sheet.url).stem}.json")
        files[-1].write_text(json.dumps(inputs), encoding="utf-8")
    return files


def main() -> None:
    """Set the file that the command line names."""
    data, file = map(Path, sys.argv[1:])
    file.write_bytes(typeset(json.loads(data.read_text(encoding="utf-8")), None, 0))


if __name__ == "__main__":
    main()
