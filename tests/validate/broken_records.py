"""The fixtures in `broken/`: a record, other files behind `-- path --` lines, expected diagnostics in comments.

`# path: …` puts the record somewhere else than at its usual place. `# expect: error[code] 14:27` names a place in the
record, `# expect: error[code] content/snippets.yml:3:1` one in another file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "broken"
USUAL = "content/exchange/msexchangetransport/1024.yml"
AROUND = {
    "content/products.yml": """\
exchange:
  name: Exchange
  versions: {'14.0': Exchange Server 2010, '15.0': Exchange Server 2013}
  sources:
    MSExchangeTransport: {}
    MSExchangeIS: {}
""",
    "content/exchange/msexchangetransport/1023.yml": """\
id: 1023
source: MSExchangeTransport
product: exchange
symbolic_name: SmtpReceiveDenied
""",
}

_SECTION = re.compile(r"^-- (\S+) --\n", re.MULTILINE)
_PATH = re.compile(r"^# path: (\S+)$", re.MULTILINE)
_EXPECT = re.compile(r"^# expect: (\S+) (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A fixture: the files to write, and what is expected as `path:line:column: severity[code]`."""

    files: dict[str, str]
    expected: list[str]


def read(fixture: Path) -> Broken:
    """The fixture in a file."""
    # Line ends are part of some fixtures.
    record, *others = _SECTION.split(fixture.read_bytes().decode())
    found = _PATH.search(record)
    path = found[1] if found else USUAL
    files = {**AROUND, path: record, **dict(zip(others[::2], others[1::2], strict=True))}
    expected = [f"{where if '.yml' in where else f'{path}:{where}'}: {code}" for code, where in _EXPECT.findall(record)]
    return Broken({name: text for name, text in files.items() if text.strip()}, expected)


def write(broken: Broken, root: Path) -> None:
    """Write the fixture's files below `root`."""
    for name, text in broken.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
