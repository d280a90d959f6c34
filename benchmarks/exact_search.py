"""Measures the shards that answer IDs and symbols: `python benchmarks/exact_search.py --records 65536`."""

from __future__ import annotations

import argparse
import time
from random import Random

from kb_gen.model import Identity
from kb_gen.site.engines import Asset
from kb_gen.site.exact import exact_files, exact_row
from kb_gen.site.lookup import LookupEvent

_WORDS = [
    "access",
    "bridge",
    "cache",
    "driver",
    "edge",
    "forest",
    "gateway",
    "handle",
    "index",
    "journal",
    "kernel",
    "lease",
    "mailbox",
    "node",
    "object",
]


def _events(count: int) -> list[LookupEvent]:
    """Events of one source, the same every time."""
    random = Random(1)
    return [
        LookupEvent(
            Identity("windows", "Messages", str(number), "_".join(random.choices(_WORDS, k=4)).upper() + f"_{number}"),
            f"messages/{number}",
            summary=" ".join(random.choices(_WORDS, k=16)),
        )
        for number in range(count)
    ]


def _size(asset: Asset) -> int:
    assert isinstance(asset.content, bytes)
    return len(asset.content)


def main() -> None:
    """Print how long the shards take and how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=65536, help="how many events one source has")
    events = _events(parser.parse_args().records)
    started = time.process_time()
    assets = list(exact_files("en", [(event.identity, exact_row(event)) for event in events]))
    seconds = time.process_time() - started
    sizes = {asset.url.rpartition("/")[2]: _size(asset) for asset in assets}
    lists = {name: size for name, size in sizes.items() if "-" not in name}
    print(f"{len(events)} events: {seconds:.2f} s of processor time, {seconds / len(events) * 1e6:.1f} µs each")
    print(f"{len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB; the largest has {max(sizes.values()) / 1e3:.1f} KB")
    print(f"{len(lists)} lists of them; the largest has {max(lists.values()) / 1e3:.1f} KB")


if __name__ == "__main__":
    main()
