"""Measure `kb-gen build` after a change: `python benchmarks/rebuilds.py --records 1000 10000`."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

from processes import Cost, run
from projects import kept_project, remove_set_aside, run_program, set_aside, tell

_COLUMNS = ("records", "what changed", "wall s", "cpu s", "memory MB")
_SETTLED = 2.5
"""Seconds after which a file that was written counts as one that won't change again unnoticed."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build took after a change: medians.

    Attributes:
        records: how many events the project has.
        change: what had changed since the build before.
        wall: seconds on the clock, of the whole process.
        cpu: seconds of processors, user and system.
        memory: the most memory of all processes together, in bytes.
    """

    records: int
    change: str
    wall: float
    cpu: float
    memory: int


def _record(project: Path, number: int) -> None:
    records = sorted((project / "content").glob("*/*/*.yml"))
    _edit(records[len(records) * (number + 1) // 10], r"(?m)^summary: ", "summary: Again, ")


def _translation(project: Path, number: int) -> None:
    catalogs = sorted((project / "translations").glob("*/LC_MESSAGES/*.po"))
    _edit(catalogs[len(catalogs) * (number + 1) // 10], r'(?m)^msgstr "(?=[A-Z])', 'msgstr "Nun: ')


def _snippet(project: Path, number: int) -> None:
    _edit(project / "content/snippets.yml", r"(?m)^    (?=[A-Z])", f"    Now: {'again ' * number}")


def _removed(project: Path, number: int) -> None:
    records = sorted((project / "content").glob("*/*/*.yml"))
    texts = [record.read_text(encoding="utf-8") for record in records]
    named = {unquote(name) for text in texts for name in re.findall(r"[\w%]+(?: \w+)*/\d+", text)}
    sources = [re.search(r"""(?m)^source: ["']?(.*?)["']?\s*$""", text) for text in texts]
    unnamed = [
        record
        for record, source in zip(records, sources, strict=True)
        if source and f"{source[1]}/{record.stem}" not in named
    ]
    unnamed[len(unnamed) * (number + 1) // 10].unlink()


def _nothing(_project: Path, _number: int) -> None:
    """Change nothing."""


_CHANGES: dict[str, Callable[[Path, int], None]] = {
    "nothing": _nothing,
    "a record's text": _record,
    "a translation": _translation,
    "a snippet": _snippet,
    "a record removed": _removed,
}


def _edit(file: Path, pattern: str, replacement: str) -> None:
    text = file.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, count=1)
    if changed == text:
        raise ValueError(f"nothing in {file} matches {pattern}")
    file.write_text(changed, encoding="utf-8")


def main() -> int:
    """Measure what the command line asks for, and print it as a table."""
    parser = argparse.ArgumentParser(description="Measure builds of synthetic projects after a change.")
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 10000], metavar="N", help="events")
    parser.add_argument("--runs", type=int, default=3, help="builds after each change; the medians count (default: 3)")
    parser.add_argument("--search", default="none", help="the search that is built (default: none)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE, too")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where projects are kept from one run to the next")
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.gettempdir()) / "kb-gen-benchmarks"
    results: list[Result] = []
    for records in arguments.records:
        project = work / "rebuilds"
        set_aside(project, work)
        ignored = shutil.ignore_patterns("site", ".cache", ".kb-gen")
        shutil.copytree(kept_project(work, records, tell), project, ignore=ignored)
        # Beside the interpreter, so that what is measured is what is installed with it.
        command = [str(Path(sys.executable).with_name("kb-gen")), "build", "--search", arguments.search]
        results += _measure(project, records, command, arguments.runs)
    remove_set_aside(work)
    print(_table(results))
    if arguments.json:
        figures = {"runs": arguments.runs, "search": arguments.search, "results": [asdict(each) for each in results]}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _measure(project: Path, records: int, command: Sequence[str], runs: int) -> list[Result]:
    time.sleep(_SETTLED)
    tell(f"building {records} records")
    run(command, project)
    results = []
    for name, change in _CHANGES.items():
        costs: list[Cost] = []
        for number in range(runs):
            tell(f"{records} records, {name}, run {number + 1} of {runs}")
            change(project, number)
            time.sleep(_SETTLED)
            costs.append(run(command, project))
        results.append(
            Result(
                records,
                name,
                round(statistics.median(cost.wall for cost in costs), 2),
                round(statistics.median(cost.user + cost.system for cost in costs), 2),
                round(statistics.median(cost.memory for cost in costs)),
            )
        )
    return results


def _table(results: Sequence[Result]) -> str:
    rows: list[Sequence[str]] = [_COLUMNS]
    for each in results:
        figures = (f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.memory / 1e6:,.0f}")
        rows.append((f"{each.records:,}", each.change, *figures))
    widths = [max(len(row[place]) for row in rows) for place in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place == 1 else cell.rjust(width) for place, (cell, width) in enumerate(cells))
        for cells in ([*zip(row, widths, strict=True)] for row in rows)
    )


if __name__ == "__main__":
    run_program(main)
