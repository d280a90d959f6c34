"""The command line: who is compared with how many records, and where the figures go."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from projects import kept_project, remove_set_aside, tell

from peers.contenders import CONTENDERS
from peers.corpus import read_corpus
from peers.environment import peer_programs
from peers.measuring import Bench, Result
from peers.picture import picture
from peers.report import Report, machine, read_report, table, write_report

__all__ = ["main"]


def main() -> int:
    """Measure what the command line asks for, and print it as a table."""
    arguments = _arguments()
    if arguments.figures:
        report = read_report(arguments.figures)
    else:
        report = Report(_command(arguments), machine(), tuple(_results(arguments)))
    print(table(report.results))
    if arguments.json:
        write_report(report, arguments.json)
    if arguments.plot:
        try:
            arguments.plot.write_text(picture(report.results), encoding="utf-8")
        except ValueError as reason:
            print(f"{arguments.plot} isn't written: {reason}", file=sys.stderr)
    return 1 if any(result.problem.startswith(("failed", "incomplete")) for result in report.results) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare what cold builds of the same articles cost.")
    parser.add_argument("--records", type=int, nargs="+", default=[200, 1000], metavar="N", help="events")
    parser.add_argument(
        "--peer", nargs="+", choices=CONTENDERS, default=list(CONTENDERS), help="who takes part (default: all)"
    )
    parser.add_argument("--runs", type=int, default=3, help="builds of each; the medians count (default: 3)")
    parser.add_argument(
        "--limit", type=float, default=1800, metavar="SECONDS", help="end a build that takes longer (default: 1800)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE, too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write an SVG picture of them to FILE, too")
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="measure nothing, and show what --json wrote to FILE"
    )
    parser.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        help="where projects, sites and programs are kept (default: a temporary one)",
    )
    arguments = parser.parse_args()
    if min(arguments.records) < 1 or arguments.runs < 1:
        parser.error("--records and --runs must be at least 1")
    # Before hours of measuring, not after them.
    for file in (arguments.json, arguments.plot):
        if file and not file.parent.is_dir():
            parser.error(f"there is no folder {file.parent}")
    if arguments.figures and not arguments.figures.is_file():
        parser.error(f"there is no file {arguments.figures}")
    return arguments


def _command(arguments: argparse.Namespace) -> str:
    """The command line as far as figures depend on it: without the files that they go to."""
    words = ["python", "benchmarks/peers/run.py", "--records", *map(str, arguments.records)]
    if arguments.peer != list(CONTENDERS):
        words += ["--peer", *arguments.peer]
    return shlex.join((*words, "--runs", str(arguments.runs), "--limit", f"{arguments.limit:g}"))


def _results(arguments: argparse.Namespace) -> Iterator[Result]:
    work = (arguments.work or Path(tempfile.gettempdir()) / "kb-gen-benchmarks").resolve()
    contenders = [CONTENDERS[key] for key in dict.fromkeys(arguments.peer)]
    # Beside the interpreter, so that what is measured is what is installed with it.
    ours = Path(sys.executable).parent
    theirs = ours
    if any(contender.is_peer for contender in contenders):
        tell("installing the peers")
        theirs = peer_programs(work)
    bench = Bench(work / "peers", arguments.runs, arguments.limit, tell)
    for records in sorted(set(arguments.records)):
        corpus = read_corpus(kept_project(work, records, tell))
        for contender in contenders:
            yield bench.measure(contender, corpus, theirs if contender.is_peer else ours)
    remove_set_aside(bench.work)
