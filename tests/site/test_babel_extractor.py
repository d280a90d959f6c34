"""`pybabel extract` finds the same as `kb-gen i18n extract`, as far as Babel can say it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from site_trees import copy_sample

from kb_gen.load import load_project
from kb_gen.locales import Template, extract, update, write_templates
from kb_gen.locales.po import Key, PoEntry, read_po_file
from kb_gen.site.babel_extractor import extract_units
from kb_gen.site.settings import WORKBENCH_URL

ROOT = Path(__file__).parents[2]
ENTRY_POINT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["babel.extractors"]
MAPPING = "[kb-gen: content/**.yml]\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Python finds the entry point that an installation would have."""
    folder = tmp_path_factory.mktemp("installed")
    about = folder / "kb_gen_entry-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: kb-gen-entry\nVersion: 0\n", "utf-8")
    points = "".join(f"{name} = {target}\n" for name, target in ENTRY_POINT.items())
    (about / "entry_points.txt").write_text(f"[babel.extractors]\n{points}", "utf-8")
    return folder


def pybabel(project: Path, installed: Path, mapping: str = MAPPING, *options: str) -> subprocess.CompletedProcess[str]:
    (project / "babel.cfg").write_text(mapping, "utf-8")
    command = "from babel.messages.frontend import main; main()"
    arguments = ["-q", "extract", "-F", "babel.cfg", "-w", "1000000", "-o", "found.pot", *(options or (".",))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(installed)))}
    return subprocess.run(
        [sys.executable, "-c", command, *arguments],
        cwd=project, capture_output=True, text=True, check=False, timeout=120, env=environment,
    )  # fmt: skip


def found_in(project: Path) -> dict[Key, PoEntry]:
    catalog, findings = read_po_file(project, "found.pot")
    assert not findings
    assert catalog is not None
    return {entry.key: entry for entry in catalog.entries}


def templates_of(project: Path) -> dict[str, Template]:
    return extract(load_project(project).knowledge_base, WORKBENCH_URL)


def test_each_domain_has_the_same_messages_contexts_comments_and_files(tmp_path: Path, installed: Path) -> None:
    project = copy_sample(tmp_path)
    for domain, template in templates_of(project).items():
        done = pybabel(project, installed, f"{MAPPING}domain = {domain}\n")
        assert (done.returncode, done.stderr) == (0, "")
        found = found_in(project)
        assert found.keys() == {entry.key for entry in template.entries}
        for entry in template.entries:
            assert found[entry.key].extracted == entry.extracted
            assert set(found[entry.key].references) == set(entry.references)
            # Flags aren't an extractor's to give.
            assert set(found[entry.key].flags) <= {"python-format", "python-brace-format"}


def test_without_a_domain_all_texts_are_found_once(tmp_path: Path, installed: Path) -> None:
    project = copy_sample(tmp_path)
    assert pybabel(project, installed).returncode == 0
    assert found_in(project).keys() == {
        entry.key for template in templates_of(project).values() for entry in template.entries
    }
    first = (project / "found.pot").read_bytes()
    pybabel(project, installed)
    assert [line for line in (project / "found.pot").read_bytes().split(b"\n") if b"POT-Creation" not in line] == [
        line for line in first.split(b"\n") if b"POT-Creation" not in line
    ]


def test_the_content_folder_alone_is_enough(tmp_path: Path, installed: Path) -> None:
    project = copy_sample(tmp_path)
    assert pybabel(project, installed, "[kb-gen: **.yml]\ndomain = snippets\n", "content").returncode == 0
    template = templates_of(project)["snippets"]
    assert {(entry.key, entry.references) for entry in found_in(project).values()} == {
        (entry.key, entry.references) for entry in template.entries
    }


def test_no_line_numbers_are_written(tmp_path: Path, installed: Path) -> None:
    project = copy_sample(tmp_path)
    pybabel(project, installed)
    assert "#: content/shop/shopservice/100.yml\n" in (project / "found.pot").read_text("utf-8")
    assert ".yml:" not in (project / "found.pot").read_text("utf-8")


def test_babel_guesses_formats_that_kb_gen_does_not(tmp_path: Path, installed: Path) -> None:
    """The known difference: it is why the templates of a project are written by `kb-gen`."""
    project = copy_sample(tmp_path)
    record = project / "content/shop/shopservice/100.yml"
    text = record.read_text("utf-8").replace("text: Mend the code.", 'text: "10 % of the code."')
    record.write_text(text, "utf-8")
    pybabel(project, installed)
    key = Key(None, "10 % of the code.")
    assert found_in(project)[key].flags == ("python-format",)
    assert next(entry for entry in templates_of(project)["shopservice"].entries if entry.key == key).flags == ()


@pytest.mark.parametrize(
    ("mapping", "options", "broken", "said"),
    [
        (f"{MAPPING}domain = shopp\n", (), False, "there is no domain `shopp`; there are"),
        (f"{MAPPING}config_file = other.yml\n", (), False, "other.yml"),
        (MAPPING, ("--no-default-keywords", "-k", "_", "."), False, "-k pgettext:1c,2"),
        (MAPPING, (), True, "nothing can be extracted before the errors are mended"),
    ],
)
def test_what_keeps_it_from_extracting_is_told(
    tmp_path: Path, installed: Path, mapping: str, options: tuple[str, ...], broken: bool, said: str
) -> None:
    project = copy_sample(tmp_path)
    if broken:
        (project / "content/shop/shopservice/100.yml").write_text("id: [", "utf-8")
    done = pybabel(project, installed, mapping, *options)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    if broken:
        assert "content/shop/shopservice/100.yml:1:" in done.stderr


def test_a_file_of_no_project_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("a: b\n", "utf-8")
    with file.open("rb") as opened, pytest.raises(SystemExit, match="is in no project"):
        list(extract_units(opened, ("pgettext",), (), {}))


def test_the_entry_point_leads_to_the_extractor() -> None:
    module, _, name = ENTRY_POINT["kb-gen"].partition(":")
    assert getattr(import_module(module), name) is extract_units


def test_babel_names_files_as_its_folder_was_named_and_an_update_puts_that_right(
    tmp_path: Path, installed: Path
) -> None:
    """The other known difference: an extractor is asked for texts, and not for the name of their file."""
    project = copy_sample(tmp_path)
    done = pybabel(project, installed, "[kb-gen: **.yml]\ndomain = snippets\n", str(project / "content"))
    assert done.returncode == 0
    found = found_in(project)
    template = templates_of(project)["snippets"]
    assert {entry.key for entry in template.entries} == found.keys()
    assert all(Path(path).is_absolute() for entry in found.values() for path in entry.references)
    catalog = project / "translations/fr/LC_MESSAGES/snippets.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_bytes((project / "found.pot").read_bytes())
    write_templates(project, load_project(project).knowledge_base)
    update(project, "fr")
    updated, _ = read_po_file(project, "translations/fr/LC_MESSAGES/snippets.po")
    assert updated is not None
    assert {entry.key: entry.references for entry in updated.entries} == {
        entry.key: entry.references for entry in template.entries
    }
    lines = catalog.read_text("utf-8").split("\n")
    assert all(f"#: {path}" in lines for entry in template.entries for path in entry.references)
