"""Whatever stands in the files, the checks answer with diagnostics whose places lie in the files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import broken_records
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.diagnostics import full
from kb_gen.load import load_project
from kb_gen.validate import validate

RECORD = """\
id: 0x400
source: MSExchangeTransport
product: exchange
version: '14.0'
message: "Mail (%4) from '%1' with '%2'. %5"
variants: [{version: '15.0', message: "%1!s! %2"}]
parameters:
  1: {name: sender, holds: 'It''s *who* sends.'}
  2: &two {name: "con\\u006eector %3", example: x}
summary: >-
  The user %1 may
  not [send](https://example.com/).
explanation: |
  See event:MSExchangeTransport/1023 and `%9`.

  - A <b>list</b>
  - <https://example.com/>
actions:
  - text: Look.
    role: operator
    commands: [{shell: exchange, run: 'Get-Mailbox {%2}'}]
    steps:
      - use: look
related: [MSExchangeTransport/1023]
references: [{title: Help, url: https://example.com/}]
former: [MSExchange Transport/1024]
"""
SNIPPETS = "look:\n  text: Look.\n"
PIECES = st.one_of(
    st.sampled_from(
        [
            *list("\n\t :-'\"%*&!|>{}[]#@`\\,?<"),
            "\n  ",
            "\n- ",
            ": ",
            "*two",
            "<<: *two",
            "\u202e",
            "\x00",
            "---\n",
            "%7",
        ]
    ),
    st.text(max_size=5),
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    text = RECORD
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES) + text[end:]
    return text.encode("utf-8", "surrogatepass")


def _check(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        broken_records.write(
            broken_records.Broken({**broken_records.AROUND, "content/snippets.yml": SNIPPETS}, []), root
        )
        (root / broken_records.USUAL).write_bytes(data)
        loaded = load_project(root)
        findings = [*loaded.diagnostics, *validate(loaded)]
        for finding in findings:
            for place in (finding.place, *finding.related):
                assert place is not None
                text = loaded.sources(place.path)
                assert text is not None
                if place.start is not None:
                    assert place.end is not None
                    assert 0 <= place.start <= place.end <= len(text)
        return list(full(findings, loaded.sources))


@settings(max_examples=150, deadline=None)
@given(_mutated())
def test_a_damaged_record_yields_diagnostics_and_no_exception(data: bytes) -> None:
    _check(data)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_yield_diagnostics_and_no_exception(data: bytes) -> None:
    assert _check(data)


def test_the_undamaged_record_is_nearly_right() -> None:
    titles = [line for line in _check(RECORD.encode()) if line.startswith(("error", "warning"))]
    assert titles == [
        "warning[undescribed-parameter]: nothing says what `%4`, `%5` hold",
        "error[unknown-parameter]: the message has no parameter `%3`",
        "error[raw-html]: a text may not hold HTML",
        "error[raw-html]: a text may not hold HTML",
    ]


def test_a_mistake_among_many_lookalikes_is_found_at_bounded_cost() -> None:
    head = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\nmessage: From %1\n"
    lines = _check(f"{head}explanation: See {'`%9` ' * 2000}%9\n".encode())
    assert "error[unknown-parameter]: the message has no parameter `%9`" in lines
