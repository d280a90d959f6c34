"""Measure how catalogs are brought up to date: `python benchmarks/updates.py --messages 1000 50000 --peer msgmerge`.

One catalog has all messages, which is the worst case; some of its texts have changed by a word. Peers are given the
same two files; the peer `memory` is kb_gen itself, with the translation memory at hand. What each has found again is
compared with the translation that the text had before.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from babel.messages.pofile import read_po as read_with_babel
from processes import run
from projects import kept_project, tell

from kb_gen.locales.catalogs import catalog_path
from kb_gen.locales.po import Key, PoEntry, PoFile, read_po_file, write_po
from kb_gen.locales.template_files import template_path

_DOMAIN = "all"
_TEMPLATE = template_path("translations", _DOMAIN)
_CATALOG = catalog_path("translations", "de", _DOMAIN)
_RECORDS_EACH = 20
"""Messages of a synthetic record, at the least."""

_OURS = "import sys, pathlib, kb_gen.locales as locales; locales.update(pathlib.Path.cwd(), 'de')"
_REMEMBERING = """
import pathlib, kb_gen.locales as locales
from kb_gen.locales.memory import MemorySuggestions
root = pathlib.Path.cwd()
locales.update(root, "de", locales.UpdateOrder(memory=MemorySuggestions(root, "de")))
"""
_BABEL = "from babel.messages.frontend import main; main()"
_COMMANDS: dict[str, Callable[[], list[str]]] = {
    "kb_gen": lambda: [sys.executable, "-c", _OURS],
    "memory": lambda: [sys.executable, "-c", _REMEMBERING],
    "msgmerge": lambda: ["msgmerge", "--quiet", "--update", "--backup=none", "--previous", _CATALOG, _TEMPLATE],
    "babel": lambda: [
        *(sys.executable, "-c", _BABEL, "--quiet", "update", "--previous"),
        *("-i", _TEMPLATE, "-o", _CATALOG, "-l", "de", "-w", "1000000"),
    ],
}


def _messages(project: Path, count: int) -> list[PoEntry]:
    """So many translated messages of a project, each text once."""
    found: dict[Key, PoEntry] = {}
    for file in sorted((project / "translations/de/LC_MESSAGES").glob("*.po")):
        catalog, _ = read_po_file(project, file.relative_to(project).as_posix())
        found |= {entry.key: replace(entry, body="", raw="") for entry in catalog.entries if entry.translated}
    return list(found.values())[:count]


def _changed(entries: Sequence[PoEntry], percent: float) -> list[PoEntry]:
    """The template after a change of some texts, each by one word."""
    random = Random(1)
    words = [word for entry in entries for word in entry.msgid.split()]
    chosen = set(random.sample(range(len(entries)), int(len(entries) * percent / 100)))
    keys = {entry.key for entry in entries}
    template: list[PoEntry] = []
    for place, entry in enumerate(entries):
        text = entry.msgid
        while place in chosen and Key(entry.context, text) in keys:
            split = entry.msgid.split(" ")
            split[random.randrange(len(split))] = random.choice(words)
            text = " ".join(split)
        keys.add(Key(entry.context, text))
        template.append(replace(entry, msgid=text, msgstr=("",)))
    return template


def _write(folder: Path, header: PoEntry, entries: Sequence[PoEntry], template: Sequence[PoEntry]) -> None:
    for path, content in ((_TEMPLATE, template), (_CATALOG, entries)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(write_po(PoFile(header, tuple(content))))


def _found_again(folder: Path, entries: Sequence[PoEntry], template: Sequence[PoEntry]) -> tuple[int, int]:
    """How many changed texts have the translation that they had, and how many another one."""
    catalog = read_with_babel(io.BytesIO((folder / _CATALOG).read_bytes()), locale="de")
    right = wrong = 0
    for before, after in zip(entries, template, strict=True):
        if before.msgid != after.msgid:
            message = catalog.get(after.msgid, context=after.context)
            assert message is not None
            right += message.string == before.msgstr[0]
            wrong += bool(message.string) and message.string != before.msgstr[0]
    return right, wrong


def main() -> None:
    """Print what an update takes, at each size and by each program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[1000, 50_000], help="how many the catalog has")
    parser.add_argument("--changed", type=float, default=5, help="percent of them that have changed")
    parser.add_argument("--peer", nargs="*", default=[], choices=[name for name in _COMMANDS if name != "kb_gen"])
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a peer is ended")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir(), "kb-gen-benchmarks"))
    arguments = parser.parse_args()
    project = kept_project(arguments.work, max(arguments.messages) // _RECORDS_EACH + 10, tell)
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    print("messages  program    wall s   cpu s  memory MB  found again  wrong  of changed")
    for count in arguments.messages:
        entries = _messages(project, count)
        if len(entries) < count:
            sys.exit(f"the project has {len(entries)} messages only")
        template = _changed(entries, arguments.changed)
        changed = sum(one.msgid != other.msgid for one, other in zip(entries, template, strict=True))
        header = read_po_file(project, catalog_path("translations", "de", "snippets"))[0].header
        for name in ("kb_gen", *arguments.peer):
            tell(f"{name}, {count} messages")
            folder = Path(tempfile.mkdtemp(dir=arguments.work))
            _write(folder, header, entries, template)
            try:
                cost = run(_COMMANDS[name](), folder, environment, arguments.limit)
            except subprocess.TimeoutExpired:
                print(f"{count:8,}  {name:<9}  more than {arguments.limit:.0f} s")
            else:
                right, wrong = _found_again(folder, entries, template)
                print(
                    f"{count:8,}  {name:<9} {cost.wall:7.2f} {cost.user + cost.system:7.2f} {cost.memory / 1e6:10.0f}"
                    f"  {right:11,}  {wrong:5,}  {changed:10,}"
                )
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
