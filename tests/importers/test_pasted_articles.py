"""Articles as people paste and save them, invented after real ones: nothing of them is lost, and drafts are sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from articles import found_in, strings
from lxml import html

from kb_gen.importers import FORMATS, Reading
from kb_gen.importers.formats.article_labels import fact_of, part_of
from kb_gen.model import Command, Step

FOLDER = Path(__file__).parent / "pasted"

EVENTS = {
    "appliance.txt": ("1000", "Contoso Center Server", 1),
    "auditing.md": ("4625", "Microsoft-Windows-Security-Auditing", 0),
    "confluence.html": ("4740", "Microsoft-Windows-Security-Auditing", 2),
    "exchange.txt": ("9646", "MSExchangeIS", 1),
    "flat.txt": ("1311", "NTDS KCC", 1),
    "kb-german.txt": ("13508", "NtFrs", 3),
    "kb.txt": ("2019", "Srv", 0),
    "learn-german.md": ("6008", "EventLog", 1),
    "learn.html": ("5788", "NETLOGON", 1),
    "learn.md": ("1864", "Microsoft-Windows-ActiveDirectory_DomainService", 2),
    "mail-german.txt": ("7031", "Service Control Manager", 3),
    "mail.txt": ("2213", "DFSR", 0),
    "management-pack.html": ("20022", "OpsMgr Connector", 1),
    "steps.txt": ("1000", "Application Error", 3),
    "strong.md": ("36887", "Schannel", 0),
    "technet.html": ("1126", "Microsoft-Windows-ActiveDirectory_DomainService", 0),
    "vendor.html": ("190", "Contoso MP", 2),
    "wiki-german.md": ("153", "disk", 1),
    "wiki-german.txt": ("1014", "Microsoft-Windows-DNS-Client", 0),
    "word-german.html": ("333", "Application Popup", 1),
}
"""ID, source and the number of blocks of commands of each article."""
SEVERAL = {"kb.txt", "learn.html"}
"""Those whose titles name two events."""
SAID_OTHERWISE = {
    *("PS", "root", "vc01", "Users", "bob", "image", "alt", "TIP"),
    *("Error", "Warning", "Fehler", "Warnung", "Informationen", "November"),
    *("Event", "ID", "source", "Ebene"),
}
"""Prompts and marks of the format; severities and dates; a title and a line of facts, taken apart."""


def commands(steps: Iterable[Step]) -> Iterator[Command]:
    for step in steps:
        yield from step.commands
        yield from commands(step.steps)


def shown(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        root = html.fromstring(text)
        for element in root.xpath("//head|//footer|//header|//button|//*[@class='codeHeader']"):
            element.drop_tree()
        return "\n".join(part.strip() for part in root.itertext())
    return re.sub(
        r"^ *```\w*|</?details>|</?summary>|&nbsp;|^> \[!\w+\]$|type=\"content\"|alt-text=",
        " ",
        text,
        flags=re.MULTILINE,
    )


def test_all_articles_are_tried() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_pasted_articles_become_sound_drafts(tmp_path: Path, name: str) -> None:
    found = FORMATS["article"].read([FOLDER / name], Reading("tool"))
    assert [finding.code for finding in found.diagnostics] == ["article-several-events"] * (name in SEVERAL)
    (event,) = found.events
    record = event.record
    assert (record.id, record.source, len(list(commands(record.actions)))) == EVENTS[name]
    assert not any(re.match(r"\S{0,40}>|>>", command.run) for command in commands(record.actions))
    assert {finding.code for finding in found_in(tmp_path, [record])} <= {"undescribed-parameter"}
    told = set(re.findall(r"\w+", " ".join([*strings(msgspec.to_builtins(record)), *event.notes])))
    for line in shown(FOLDER / name).split("\n"):
        label = re.split(r"[:\t|]", line.strip(" |*#_>-"))[0]
        if fact_of(label) or part_of(label):
            line = line.replace(label, "", 1)  # noqa: PLW2901 - what names a fact or a section is no text of it
        lost = set(re.findall(r"\b[^\W\d_]\w+", line)) - told
        assert lost <= SAID_OTHERWISE, line
