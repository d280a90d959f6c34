"""Compare kb_gen with other site generators: `python benchmarks/peers/run.py --records 1000 --peer hugo`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    # Instead of this file's own folder, so that the benchmarks' packages are found and none of its own hides another.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from projects import run_program

    from peers.command import main

    run_program(main)
