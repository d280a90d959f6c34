"""Tables with more columns than a page has room for: they come in parts, so that they can still be read."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_files import kb_gen, text_of

from kb_gen.pdf.tables import column_parts

_CELLS = st.lists(st.text(st.sampled_from("ab "), max_size=30), min_size=1, max_size=70)


@given(_CELLS)
def test_each_column_stands_in_one_part_and_the_first_in_all(cells: list[str]) -> None:
    parts = column_parts([cells, cells])
    assert all(part.places[0] == 0 for part in parts)
    assert [0, *chain.from_iterable(part.places[1:] for part in parts)] == list(range(len(cells)))
    assert all(len(part.places) == len(part.widths) for part in parts)
    # Seven points, of the 8.8 that tables have.
    assert {part.crowd for part in parts} <= {parts[0].crowd}
    assert 1 <= parts[0].crowd <= 1.25
    # Words of ten characters needn't break.
    longest = [max(map(len, cell.split()), default=1) for cell in cells]
    assert all(sum(min(10, longest[place]) + 2 for place in part.places) <= 125 for part in parts)


@pytest.mark.parametrize(("cell", "count", "parts"), [("12", 25, 1), ("12", 40, 2), ("StateOfTheMachine", 10, 1)])
def test_a_table_is_parted_only_where_it_has_to_be(cell: str, count: int, parts: int) -> None:
    assert len(column_parts([[cell] * count])) == parts


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of an event that has a table of 30 columns."""
    project = tmp_path_factory.mktemp("wide_tables")
    (project / "content/states/states").mkdir(parents=True)
    (project / "mkdocs.yml").write_text(
        "site_name: States\ndocs_dir: content\ntheme:\n  name: material\nplugins:\n"
        "  - kb-gen:\n      locales: [en, de]\n",
        encoding="utf-8",
    )
    (project / "content/products.yml").write_text(
        "states:\n  name: States\n  sources:\n    States: {syntax: plain}\n", encoding="utf-8"
    )
    rows = [[f"{name}{column}" for column in range(1, 31)] for name in ("Head", "StateA", "StateB")]
    lines = [f"    | {' | '.join(row)} |\n" for row in (rows[0], ["---"] * 30, *rows[1:])]
    (project / "content/states/states/1.yml").write_text(
        'id: "1"\nsource: States\nproduct: states\nmessage: Wide.\nsummary: Wide.\n'
        f"explanation: |\n    The states:\n\n{''.join(lines)}",
        encoding="utf-8",
    )
    done = kb_gen(project, "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "pdf"


def test_the_parts_say_so_and_begin_with_the_same_column(book: Path) -> None:
    text = text_of(book / "en/states.pdf", "-layout")
    parts = re.split(r"Table, part \d of (\d)", text)
    assert parts[1::2] == ["3"] * 3
    heads = [re.findall(r"Head\d+", part) for part in parts[2::2]]
    assert all(head[0] == "Head1" for head in heads)
    assert [head for own in heads for head in own[1:]] == [f"Head{number}" for number in range(2, 31)]
    assert "Tabelle, Teil 2 von 3" in text_of(book / "de/states.pdf")


def test_each_part_is_a_table_with_heads(book: Path) -> None:
    with pikepdf.open(book / "en/states.pdf") as pdf:
        tables = [element for element in _elements(pdf.Root.StructTreeRoot) if element.S == "/Table"]
        assert len(tables) == 3
        for table in tables:
            head, body = (kid for kid in table.K if kid.S in {"/THead", "/TBody"})
            (first,) = list(head.K)
            assert {str(cell.S) for cell in first.K} == {"/TH"}
            assert {len(row.K) for row in body.K} == {len(first.K)}


def _elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = [kid for kid in node.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [*kids, *[inner for kid in kids if isinstance(kid.get("/K"), pikepdf.Array) for inner in _elements(kid)]]
