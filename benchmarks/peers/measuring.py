"""What building a contender's project costs: each build from nothing, in a folder that holds nothing else."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct
from processes import Cost, run
from projects import set_aside

from peers.checking import IncompleteSiteError, check_site
from peers.contender import Contender
from peers.corpus import Corpus
from peers.environment import surroundings

__all__ = ["Bench", "Figures", "Result"]


class Figures(Struct, frozen=True):
    """What a build cost and made: medians of several builds.

    Attributes:
        wall: seconds on the clock.
        user: seconds of processors in the programs.
        system: seconds of processors in the operating system on their behalf.
        memory: the most memory of all processes at one moment, in bytes.
        files: the finished site's files.
        bytes: their size.
    """

    wall: float
    user: float
    system: float
    memory: int
    files: int
    bytes: int


class Result(Struct, frozen=True):
    """One contender's result.

    Attributes:
        contender: its key.
        title: what it is called in tables.
        version: its version.
        records: how many records it built; each is a page in two languages.
        runs: how many builds there were.
        limit: how many seconds a build might take.
        figures: what a build cost; None where it took too long.
        problem: why there are no figures, or nothing.
    """

    contender: str
    title: str
    version: str
    records: int
    runs: int
    limit: float
    figures: Figures | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and how contenders are measured.

    Attributes:
        work: the folder that their projects are written to.
        runs: how many builds of each; the medians count.
        limit: how many seconds a build may take; it is ended then, and no other is tried.
        tell: is told what is being done.
    """

    work: Path
    runs: int
    limit: float
    tell: Callable[[str], None]

    def measure(self, contender: Contender, corpus: Corpus, programs: Path) -> Result:
        """Write a contender's project, build it several times, and look whether everything is there.

        Args:
            contender: whose.
            corpus: the articles.
            programs: the folder of its programs.
        """
        records = len(corpus.entries)
        figures, problem = None, ""
        try:
            figures = self._figures(contender, corpus, programs)
        except subprocess.TimeoutExpired:
            problem = f"more than {self.limit:,.0f} s"
        except subprocess.CalledProcessError as failure:
            problem = f"failed: {_last_line(failure.output)}"
        except IncompleteSiteError as incomplete:
            problem = f"incomplete: {incomplete}"
        version = _version(contender, programs)
        return Result(contender.key, contender.title, version, records, self.runs, self.limit, figures, problem)

    def _figures(self, contender: Contender, corpus: Corpus, programs: Path) -> Figures:
        folder = self.work / f"{contender.key}-{len(corpus.entries)}"
        self.tell(f"writing {len(corpus.entries)} records for {contender.title}")
        set_aside(folder, self.work)
        contender.write(corpus, folder)
        source = {file.name for file in folder.iterdir()}
        costs: list[Cost] = []
        for number in range(self.runs):
            self._set_aside_all_but(source, folder)
            self.tell(f"building {len(corpus.entries)} records with {contender.title}, run {number + 1} of {self.runs}")
            costs.append(_build(contender, folder, programs, self.limit))
        site = folder / contender.output
        check_site(contender, corpus, site)
        files = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
        return Figures(
            wall=round(statistics.median(cost.wall for cost in costs), 2),
            user=round(statistics.median(cost.user for cost in costs), 2),
            system=round(statistics.median(cost.system for cost in costs), 2),
            memory=round(statistics.median(cost.memory for cost in costs)),
            files=len(files),
            bytes=sum(files),
        )

    def _set_aside_all_but(self, names: set[str], folder: Path) -> None:
        """Move away what builds have left: sites, caches, locks."""
        for each in list(folder.iterdir()):
            if each.name not in names:
                set_aside(each, self.work)


def _version(contender: Contender, programs: Path) -> str:
    question = f"from importlib.metadata import version; print(version({contender.package!r}))"
    command = (str(programs / "python"), "-c", question)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _build(contender: Contender, folder: Path, programs: Path, limit: float) -> Cost:
    """One build: of all its commands, times added and the largest memory."""
    total = Cost(0, 0, 0, 0)
    for command in contender.commands(programs):
        cost = run(command, folder, surroundings(programs, folder), limit - total.wall)
        total = Cost(
            total.wall + cost.wall,
            total.user + cost.user,
            total.system + cost.system,
            max(total.memory, cost.memory),
        )
    return total


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else "without a word"
