"""Measure `kb-gen pdf`, Typst alone, and WeasyPrint and Chromium printing the same articles.

`python benchmarks/printing.py --records 1000 10000 --peers`
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import pikepdf
from printers import PRINTERS, Command, typst_command, write_data, write_pages
from processes import run
from projects import kept_project, remove_set_aside, set_aside, tell

_COLUMNS = ("articles", "printer", "files", "wall s", "cpu s", "memory MB", "pages", "KB an article")
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What printing took.

    Attributes:
        articles: how many were printed, in one language.
        printer: what printed them.
        files: how many files they make.
        wall: seconds on the clock, two files at a time.
        cpu: seconds of processors, user and system.
        memory: the most memory of all processes together, in bytes.
        pages: how many the files have.
        size: their bytes.
    """

    articles: int
    printer: str
    files: int
    wall: float
    cpu: float
    memory: int
    pages: int
    size: int


def measured(records: int, work: Path, locale: str, peers: bool) -> list[Result]:
    """What printing so many articles takes: from nothing, again, and with other printers."""
    project = kept_project(work, records, tell)
    with tempfile.TemporaryDirectory(dir=work) as name:
        folder = Path(name)
        set_aside(project / ".cache", work)
        results = [
            _own(kind, records, project, folder / "pdf", locale) for kind in ("kb-gen pdf", "the same, unchanged")
        ]
        data = write_data(project, locale, folder / "data")
        results.append(_peer("Typst alone", typst_command, records, data, folder / "typst"))
        if peers:
            tell(f"writing {records} articles as HTML")
            files = write_pages(project, locale, folder / "html")
            results += [_peer(peer, ready(work), records, files, folder / peer) for peer, ready in PRINTERS.items()]
    remove_set_aside(work)
    return results


def _own(kind: str, records: int, project: Path, folder: Path, locale: str) -> Result:
    tell(f"{kind}: {records} articles")
    command = [sys.executable, "-m", "kb_gen", "pdf", "--locale", locale, "--output", str(folder)]
    cost = run(command, project)
    return _result(kind, records, sorted(folder.rglob("*.pdf")), cost.wall, cost.user + cost.system, cost.memory)


def _peer(peer: str, command: Command, records: int, files: Sequence[Path], folder: Path) -> Result:
    """Another printer, two files at a time, as `kb-gen pdf` makes them on two processors."""
    folder.mkdir()
    tell(f"{peer}: {records} articles")

    def printed(page: Path) -> tuple[float, int]:
        cost = run(command(page, folder / f"{page.stem}.pdf"), folder)
        return cost.user + cost.system, cost.memory

    began = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        costs = list(threads.map(printed, files))
    wall = time.perf_counter() - began
    largest = sorted((memory for _, memory in costs), reverse=True)[:2]
    made = sorted(folder.glob("*.pdf"))
    return _result(peer, records, made, wall, sum(cpu for cpu, _ in costs), sum(largest))


def _result(printer: str, records: int, files: Sequence[Path], wall: float, cpu: float, memory: int) -> Result:
    pages = size = 0
    for file in files:
        size += file.stat().st_size
        with pikepdf.open(file) as pdf:
            pages += len(pdf.pages)
    return Result(records, printer, len(files), wall, cpu, memory, pages, size)


def _row(result: Result) -> tuple[str, ...]:
    return (
        str(result.articles),
        result.printer,
        str(result.files),
        f"{result.wall:.1f}",
        f"{result.cpu:.1f}",
        f"{result.memory / _MEGABYTE:.0f}",
        str(result.pages),
        f"{result.size / result.articles / 1000:.1f}",
    )


def main() -> int:
    """Measure what the command line asks for, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--records", type=int, nargs="+", default=[1000], metavar="N", help="how many articles")
    parser.add_argument("--locale", default="de", metavar="TAG", help="the language: en or de (default: de)")
    parser.add_argument("--peers", action="store_true", help="let WeasyPrint and Chromium print the same articles")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "kb-gen-benchmarks", metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    results = []
    rows = [_COLUMNS]
    for records in arguments.records:
        found = measured(records, arguments.work, arguments.locale, arguments.peers)
        results += found
        rows += [_row(result) for result in found]
    tell("")
    for row in rows:
        print("  ".join(cell.ljust(22) if place == 1 else cell.rjust(9) for place, cell in enumerate(row)))
    if arguments.json:
        figures = [asdict(result) for result in results]
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    if shutil.which("chromium") is None and "--peers" in sys.argv:
        sys.exit("printing.py: --peers needs chromium on the path")
    sys.exit(main())
