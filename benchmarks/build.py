"""Measure `kb-gen build` on synthetic projects: `python benchmarks/build.py --records 200 1000 5000`."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from processes import Cost, run
from projects import kept_project, remove_set_aside, run_program, set_aside, tell

_LOCALES = 2
_COLUMNS = ("records", "pages", "wall s", "cpu s", "pages/s", "memory MB", "site MB")


@dataclass(frozen=True, slots=True)
class Result:
    """What building one project took: medians of several cold builds.

    Attributes:
        records: how many events.
        pages: how many record pages, in all locales.
        wall: seconds on the clock.
        cpu: seconds of processors, user and system.
        pages_per_second: record pages a second on the clock.
        memory: the most memory of all processes together, in bytes.
        site: the size of the site's files, in bytes.
    """

    records: int
    pages: int
    wall: float
    cpu: float
    pages_per_second: float
    memory: int
    site: int


def main() -> int:
    """Measure what the command line asks for, and print it as a table."""
    parser = argparse.ArgumentParser(description="Measure cold builds of synthetic projects.")
    parser.add_argument("--records", type=int, nargs="+", default=[200, 1000, 5000], metavar="N", help="events")
    parser.add_argument("--jobs", type=int, help="processes that make pages (default: all processors)")
    parser.add_argument("--runs", type=int, default=3, help="builds of each project; the medians count (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE, too")
    parser.add_argument("--search", default="material", help="the search that is built (default: material)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where projects are kept from one run to the next")
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.gettempdir()) / "kb-gen-benchmarks"
    results = []
    for records in arguments.records:
        project = kept_project(work, records, tell)
        results.append(_measure(project, records, arguments))
    remove_set_aside(work)
    print(_table(results))
    if arguments.json:
        figures = {"processors": os.cpu_count(), "runs": arguments.runs, "results": [asdict(each) for each in results]}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _measure(project: Path, records: int, arguments: argparse.Namespace) -> Result:
    # Beside the interpreter, so that what is measured is what is installed with it.
    command = [str(Path(sys.executable).with_name("kb-gen")), "build", "--search", arguments.search]
    command += ["--jobs", str(arguments.jobs)] if arguments.jobs else []
    runs: int = arguments.runs
    site = project / "site"
    costs: list[Cost] = []
    for number in range(runs):
        tell(f"building {records} records, run {number + 1} of {runs}")
        # A first build: neither a site nor what an earlier build has kept.
        for made in (site, project / ".kb-gen"):
            set_aside(made, project.parent)
        costs.append(run(command, project))
    wall = statistics.median(cost.wall for cost in costs)
    pages = records * _LOCALES
    return Result(
        records=records,
        pages=pages,
        wall=round(wall, 2),
        cpu=round(statistics.median(cost.user + cost.system for cost in costs), 2),
        pages_per_second=round(pages / wall, 1),
        memory=round(statistics.median(cost.memory for cost in costs)),
        site=sum(file.stat().st_size for file in site.rglob("*") if file.is_file()),
    )


def _table(results: Sequence[Result]) -> str:
    rows: list[Sequence[str]] = [_COLUMNS]
    for each in results:
        memory, site = each.memory / 1e6, each.site / 1e6
        figures = (each.wall, each.cpu, each.pages_per_second, memory, site)
        rows.append((str(each.records), str(each.pages), *(f"{figure:,.1f}" for figure in figures)))
    return "\n".join("  ".join(f"{cell:>10}" for cell in row) for row in rows)


if __name__ == "__main__":
    run_program(main)
