from __future__ import annotations

from pathlib import Path

from kb_gen.locales import marked
from kb_gen.locales.interface import extract_interface, owns_interface


def test_words_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    package = tmp_path / "kb_gen"
    (package / "site").mkdir(parents=True)
    (package / "cli").mkdir()
    (package / "cli" / "main.py").write_text('text("not this")\n')
    (package / "site" / "page.py").write_text(
        "# Translators: a heading\n"
        'words.ui("Details")\ntext("Changed: {date}", date=1)\nlocalizer.plural("{n} a", "{n} b", 3)\n'
        'marked("Later")\ntext(variable)\ntree.Text("no")\n'
    )
    (package / "site" / "page.html").write_text(
        '<p>{{ words.text("Details") }} {{ text("100% sure") }}{{ other("no") }}</p>'
    )
    found = {entry.msgid: entry for entry in extract_interface(tmp_path).entries}
    assert set(found) == {"Details", "Changed: {date}", "{n} a", "Later", "100% sure"}
    assert found["Details"].references == ("kb_gen/site/page.html", "kb_gen/site/page.py")
    assert found["Details"].extracted == ("a heading",)
    assert found["Changed: {date}"].flags == ("python-brace-format",)
    assert found["{n} a"].msgid_plural == "{n} b"
    assert found["100% sure"].flags == ()


def test_only_this_project_keeps_the_interface(tmp_path: Path) -> None:
    assert not owns_interface(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    (tmp_path / "kb_gen").mkdir()
    assert not owns_interface(tmp_path)
    assert owns_interface(Path(__file__).parents[2])


def test_marking_changes_nothing() -> None:
    assert marked("Critical") == "Critical"
