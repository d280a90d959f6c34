"""Compare kb_gen with other site generators: `python benchmarks/peers/run.py --records 1000 --peer hugo`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    # Instead of this file's own folder, so that the benchmarks' packages are found and none of its own hides another.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from peers.command import main

    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        print(f"{failure}\n{failure.output or ''}", file=sys.stderr)
        sys.exit(1)
