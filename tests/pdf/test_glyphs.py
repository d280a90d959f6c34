"""Characters for which there is no font, alone or with what joins them: they are named, and everything else is set."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_files import kb_gen, text_of

from kb_gen.pdf.glyphs import STAND_IN, Absent, StandIns, absent_characters, all_doubtful

_RECORD = "  source: Glyphs\n  product: glyphs\n  severity: warning\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Press 1️⃣ now", f"Press 1{STAND_IN} now"),
        ("a⃣b", f"a{STAND_IN}b"),
        ("x̂⃝", f"x̂{STAND_IN}"),
        ("x̂ and q̈ and Tiếng", "x̂ and q̈ and Tiếng"),
        ("\u20e3", "\u20e3"),
        ("件", STAND_IN),
        ("👨‍👩", STAND_IN),
        ('"⃣', f'"{STAND_IN}'),
    ],
)
def test_what_stands_where_no_font_has_something(text: str, shown: str) -> None:
    data = ["par", text]
    absent = absent_characters([msgspec.json.encode(data).decode()], None)
    assert absent.replaced(data) == ["par", shown]


def test_italics_have_fewer_characters() -> None:
    data = ["span", "✖ and ", ["emph", "✖"], ["lines", "", [["✖ ", ["✖", ["<✖>"]]]]]]
    absent = absent_characters([msgspec.json.encode(data).decode()], None)
    assert absent.replaced(data) == data
    assert not absent.found(data)
    assert absent.upright == r"\x{2716}"


def test_joined_characters_come_before_those_that_they_begin_with() -> None:
    assert Absent(upright_only=("✖", "✖️")).upright == r"\x{2716}\x{fe0f}|\x{2716}"


def test_addresses_stay() -> None:
    data = ["link", "https://example.org/件", "件"]
    absent = Absent(StandIns({"件": STAND_IN}))
    assert absent.replaced(data) == ["link", "https://example.org/件", STAND_IN]


@given(st.lists(st.text(st.sampled_from('a"\\1\u0301\u20e3\u200d\ufe0f件👍 '), max_size=6), max_size=4))
def test_nothing_doubtful_is_left(texts: list[str]) -> None:
    data = ["par", texts]
    doubtful = all_doubtful(data)
    assert not all_doubtful(doubtful.replaced(data)).found(doubtful.replaced(data))
    for before, after in zip(texts, doubtful.replaced(data)[1], strict=True):
        assert after == before or STAND_IN in after


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("glyphs")
    (folder / "mkdocs.yml").write_text(
        "site_name: Glyphs\ndocs_dir: content\ntheme:\n  name: material\nplugins:\n  - kb-gen\n", encoding="utf-8"
    )
    (folder / "content/glyphs").mkdir(parents=True)
    (folder / "content/products.yml").write_text(
        "glyphs:\n  name: Product a⃣\n  notice: Notice b⃣.\n  sources:\n    Glyphs: {syntax: plain}\n"
        "slots:\n  name: Slots\n  sources:\n    Slots: {syntax: formatmessage}\n",
        encoding="utf-8",
    )
    (folder / "content/glyphs/events.yml").write_text(
        f'- id: "1"\n{_RECORD}  message: 1️⃣ is the first word.\n  summary: A message.\n'
        f'- id: "2"\n{_RECORD}  message: Nothing is odd.\n  summary: In the contents x̂⃝.\n'
        f'- id: "3"\n{_RECORD}  message: Another.\n  summary: A good article.\n  related: [Glyphs/2]\n',
        encoding="utf-8",
    )
    (folder / "content/slots").mkdir()
    (folder / "content/slots/events.yml").write_text(
        '- id: "4"\n  source: Slots\n  product: slots\n  message: Slot %1 is full.\n'
        '  parameters:\n    1: {name: Key ✖, holds: "*Any ✖ key*"}\n'
        "  actions:\n    - text: Try **it *✖ now* **.\n      commands: [{shell: bash, run: 'rm ✖{%1}'}]\n",
        encoding="utf-8",
    )
    return folder


def test_the_record_or_the_product_is_named(project: Path) -> None:
    done = kb_gen(project, "pdf", "--format", "concise")
    assert done.returncode == 1
    said = [line.partition(" (put ")[0] for line in done.stdout.splitlines() if "error" in line]
    told = "error[pdf-characters] {} has characters that no font has: {}"
    assert said == [
        "content/glyphs/events.yml:1:7: " + told.format("Glyphs 1", "`1️⃣` (U+0031 U+FE0F U+20E3)"),
        "content/glyphs/events.yml:7:7: " + told.format("Glyphs 2", "`x̂⃝` (U+0078 U+0302 U+20DD)"),
        "content/products.yml:1:1: "
        + told.format("what is said of the product `glyphs`", "`a⃣` (U+0061 U+20E3), `b⃣` (U+0062 U+20E3)"),
    ]
    text = text_of(project / "pdf/en/glyphs.pdf")
    assert "1▯ is the first word" in text
    assert "Product a▯" in text
    assert "Notice b▯." in text
    # Twice in its own article, which says what the sign means: that of its reader is whole.
    assert text.count("They are shown as ▯") == 3


def test_a_file_of_one_article_names_it_too(project: Path) -> None:
    done = kb_gen(project, "pdf", "-e", "Glyphs/2", "--format", "concise")
    assert "Glyphs 2 has characters that no font has: `x̂⃝`" in done.stdout
    assert (project / "pdf/en/glyphs-2.pdf").is_file()


def test_what_italics_lack_is_set_upright(project: Path) -> None:
    done = kb_gen(project, "pdf", "-e", "Slots/4", "--format", "concise")
    assert done.returncode == 0, done.stdout + done.stderr
    text = text_of(project / "pdf/en/slots-4.pdf")
    for shown in ("%1 Key ✖", "Any ✖ key", "✖ now", "rm ✖<Key ✖>"):
        assert shown in text
    assert STAND_IN not in text
