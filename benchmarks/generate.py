"""Write a synthetic project of any size: `python benchmarks/generate.py --records 5000 --out DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from synthetic import write_project


def main() -> int:
    """Write the project that the command line describes."""
    parser = argparse.ArgumentParser(description="Write a synthetic project, the same bytes every time.")
    parser.add_argument("--records", type=int, required=True, metavar="N", help="how many events")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to; must be empty or missing")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other texts (default: 1)")
    arguments = parser.parse_args()
    if arguments.records < 1:
        parser.error("--records must be at least 1")
    if arguments.out.exists() and any(arguments.out.iterdir()):
        parser.error(f"{arguments.out} is not empty")
    write_project(arguments.out, arguments.records, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
