"""An article about an event that nobody ever logged, in three forms and two languages; and records written to disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from kb_gen.diagnostics import Diagnostic
from kb_gen.importers import FORMATS, Reading
from kb_gen.load import load_project
from kb_gen.model import Action, Record, source_address
from kb_gen.validate import validate

TEXT = """\
ContosoCopy 4711

Topic Last Modified: 2024-02-29

This page is part of the Contoso manual.

Details

Product Name

Contoso Suite

Product Version

2.0

Event ID

4711

Event Source

ContosoCopy

Category

Transfer

Symbolic Name

CopyRefused

Message Text

The file %1 was not copied to %2.

Applies to

Servers

Explanation

This Error event means that a file could not be copied. The value of %1 names it, %3 doesn't.

Use <b> and *stars* and C:\\Temp\\ as they are.

For more information, see the following topics.

User Action

To mend it, do one of the following:

  • Free some space.
    Afterwards, try it again.
  • Look at the share:
    1. Run this command:
       Get-Share "X" | Test-Share -Deep
       This shows whether it is there.
    2. Look into this folder:
       %ProgramData%\\Contoso\\Logs

For more information about shares, see the following topics:

Shares at https://contoso.example/shares, a page.
"""

MARKDOWN = """\
# ContosoCopy 4711

**Topic Last Modified:** 2024-02-29

This page is part of the Contoso manual.

| Product Name | Contoso Suite |
| --- | --- |
| Product Version | 2.0 |
| Event ID | 4711 |
| Event Source | ContosoCopy |
| Category | Transfer |
| Symbolic Name | CopyRefused |
| Message Text | The file %1 was not copied to %2. |
| Applies to | Servers |

## Explanation

This Error event means that a file could not be copied. The value of %1 names it, %3 doesn't.

Use `<b>` and \\*stars\\* and C:\\Temp\\ as they are.

For more information, see the following topics.

## User Action

To mend it, do one of the following:

- Free some space.

  Afterwards, try it again.
- Look at the share:
  1. Run this command:

     ```powershell
     Get-Share "X" | Test-Share -Deep
     ```

     This shows whether it is there.
  2. Look into this folder:

     ```text
     %ProgramData%\\Contoso\\Logs
     ```

## For More Information

- [Shares](https://contoso.example/shares)
"""

HTML = """\
<!DOCTYPE html>
<html><head><title>ContosoCopy 4711 - Manual</title><style>p { color: red }</style></head>
<body><nav>Home</nav><main>
<h1>ContosoCopy 4711</h1>
<p><b>Topic Last Modified:</b>&nbsp;2024-02-29</p>
<p>This page is part of the Contoso manual.</p>
<h2>Details</h2>
<table>
<tr><th>Product Name</th><td><p>Contoso Suite</p></td></tr>
<tr><th>Product Version</th><td>2.0</td></tr>
<tr><th>Event ID</th><td>4711</td></tr>
<tr><th>Event Source</th><td>ContosoCopy</td></tr>
<tr><th>Category</th><td>Transfer</td></tr>
<tr><th>Symbolic Name</th><td>CopyRefused</td></tr>
<tr><th>Message Text</th><td>The file %1 was not copied to %2.</td></tr>
<tr><th>Applies to</th><td>Servers</td></tr>
</table>
<h2>Explanation</h2>
<p>This Error event means that a file could not be copied. The value of %1 names it, %3 doesn't.</p>
<p>Use <code>&lt;b&gt;</code> and *stars* and C:\\Temp\\ as they are.</p>
<p>For more information, see the following topics.</p>
<h2>User Action</h2>
<p>To mend it, do one of the following:</p>
<ul><li><p>Free some space.</p><p>Afterwards, try it again.</p></li>
<li>Look at the share:<ol>
<li>Run this command:<pre><code class="language-powershell">Get-Share "X" | Test-Share -Deep</code></pre>
<p>This shows whether it is there.</p></li>
<li>Look into this folder: <pre>%ProgramData%\\Contoso\\Logs</pre></li></ol></li></ul>
<h2>For More Information</h2>
<ul><li><a href="https://contoso.example/shares">Shares</a></li></ul>
</main><script>alert("no")</script></body></html>
"""

GERMAN = """\
Ereignis 815 – KontosoDruck
Letztes Änderungsdatum des Themas: 29.02.2024

Produktname:\tKontoso Druck
Produktversion:\t3.1
Ereignis-ID:\t815
Ereignisquelle:\tKontosoDruck
Kategorie:\tDrucken
Schweregrad:\tWarnung
Symbolischer Name:\tDRUCK_PAPIER_FEHLT
Meldungstext:\tIm Drucker %1 ist kein Papier.

Erläuterung
Der Drucker hat kein Papier mehr. Die Aufträge werden nicht gedruckt, sie bleiben aber in der Warteschlange.

Ursache

Jemand hat das Papier aus dem Fach genommen.

Benutzeraktion

1. Legen Sie Papier in das Fach ein.
2. Drücken Sie auf die Taste „Weiter“.

Weitere Informationen

Drucker einrichten: https://kontoso.example/drucker
"""


def drafted(tmp_path: Path, text: str, name: str = "article.txt") -> tuple[Action, ...]:
    """The actions of the record that an article of this text becomes, with which nothing is wrong."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = FORMATS["article"].read([tmp_path / name], Reading("tool"))
    assert not found.diagnostics
    (event,) = found.events
    assert not found_in(tmp_path, [event.record])
    return event.record.actions


def strings(value: object) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from strings(part)


def found_in(tmp_path: Path, records: Iterable[Record], syntax: str = "formatmessage") -> list[Diagnostic]:
    """What the checks find in records of the product `tool`, written into a project of their own."""
    records = list(records)
    sources = {record.source: {"syntax": syntax} for record in records}
    versions = {record.version: record.version for record in records if record.version}
    products = {"tool": {"name": "Tool", "versions": versions, "sources": sources}}
    content = tmp_path / "project" / "content"
    content.mkdir(parents=True)
    (content / "products.yml").write_text(yaml.safe_dump(products), encoding="utf-8")
    for record in records:
        file = content / "tool" / source_address(record.source) / f"{record.id.lower()}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(_told(msgspec.to_builtins(record)), allow_unicode=True), encoding="utf-8")
    loaded = load_project(tmp_path / "project", "content")
    assert [entry.record for entry in loaded.knowledge_base.entries if entry.record in records] or not records
    assert len(loaded.knowledge_base.entries) == len(records)
    return [*loaded.diagnostics, *validate(loaded)]


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _told(part) for key, part in value.items() if part not in ("", None, [], {}, ())}
    return [_told(part) for part in value] if isinstance(value, list | tuple) else value
