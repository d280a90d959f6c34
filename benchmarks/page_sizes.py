"""Check that no page of a built site is large: `python benchmarks/page_sizes.py SITE`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from pathlib import Path

LIMIT = 150_000
"""Bytes of the largest page, before compression."""

_SHOWN = 8


@dataclass(slots=True)
class Kind:
    """Files with the same suffix: how many there are, their bytes together, and the size and path of each."""

    count: int = 0
    together: int = 0
    sizes: list[tuple[int, str]] = field(default_factory=list)


def file_sizes(site: Path) -> Iterator[tuple[str, int]]:
    """The files of a site with their sizes, by path."""
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            yield path.relative_to(site).as_posix(), path.stat().st_size


def kinds(files: Iterable[tuple[str, int]]) -> dict[str, Kind]:
    """Files by their suffix."""
    found: dict[str, Kind] = {}
    for path, size in files:
        kind = found.setdefault(Path(path).suffix or path, Kind())
        kind.count += 1
        kind.together += size
        kind.sizes.append((size, path))
    return found


def main() -> int:
    """Print the largest files of each kind. Exits with 1 if a page is larger than it may be."""
    parser = argparse.ArgumentParser(description="Check that no page of a built site is large.")
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder that was built")
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="BYTES", help=f"of a page (default: {LIMIT})")
    arguments = parser.parse_args()
    if not arguments.site.is_dir():
        parser.error(f"there is no folder {arguments.site}")
    found = kinds(file_sizes(arguments.site))
    for suffix, kind in sorted(found.items(), key=lambda item: -item[1].together):
        print(f"{suffix}: {kind.count:,} files, {kind.together / 1e6:,.1f} MB; the largest:")
        for size, path in nlargest(_SHOWN, kind.sizes):
            print(f"  {size:12,}  {path}")
    pages = found.get(".html", Kind())
    large = sorted(each for each in pages.sizes if each[0] > arguments.limit)
    for size, path in reversed(large):
        print(f"too large: {path} has {size:,} bytes", file=sys.stderr)
    if not pages.count:
        print("there are no pages", file=sys.stderr)
    print(f"{len(large)} of {pages.count:,} pages have more than {arguments.limit:,} bytes")
    return 1 if large or not pages.count else 0


if __name__ == "__main__":
    sys.exit(main())
