"""Whatever a file holds, reading it ends, and what it gives can be merged, written and read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb_gen.importers import FORMATS, Outcome, Reading, Target, merge
from kb_gen.load import load_project, write_atomically

ERRMSG = [
    *("languages ", "english=eng", ", ", "german=ger", "start-error-number ", "skip-to-error-number "),
    *("default-language ", "reserved-error-section ", "ER_A", "ER_B", " 42000", "\n", "\n\t", "eng ", "ger ", '"'),
    *('"x %s"', "\\", "\\n", "\\0", "99999999999", "1000", ";", "#", "\r", "\x00", "é", "…"),
]
MC = [
    *("MessageId=", "Language=", "Severity=", "Facility=", "SymbolicName=", "LanguageNames=(", "SeverityNames=(", ")"),
    *("English", "German=0x407:MSG:1252", "Error", "A", "B", "NONE", "+1", "0x10", "70000", "1", "\n", "\n.\n", "%1"),
    *("%0", ";", "\r\n", "\ufeff", "\x00", "é", ".", "OutputBase=16"),
]


@pytest.mark.parametrize(("name", "pieces"), [("errmsg", ERRMSG), ("mc", MC)])
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_merged_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, name: str, pieces: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "content").mkdir()
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=60)))
    (folder / "file").write_bytes(text.encode(data.draw(st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))))
    imported = FORMATS[name].read([Path(folder / "file")], Reading("shop", "Shop"))
    merged = merge(load_project(folder), imported, Target("shop"))
    for path, change in merged.changes.items():
        write_atomically(folder / path, change.after)
    loaded = load_project(folder)
    assert loaded.diagnostics == ()
    assert loaded.knowledge_base.entries == merged.knowledge_base.entries
    again = merge(loaded, imported, Target("shop"))
    assert dict(again.changes) == {}
    assert {event.outcome for event in again.events} <= {Outcome.UNCHANGED, Outcome.SKIPPED}
