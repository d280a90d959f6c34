"""A build that finds nothing changed ends at once, and only such a one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from site_trees import copy_sample, replaced, site_files
from test_incremental_builds import CHANGES, SERVICE, appended, build, nothing, times

from kb_gen.cli.build import command
from kb_gen.load import states
from kb_gen.site import build as building
from kb_gen.site import last_build
from kb_gen.site.kept_settings import project_settings
from kb_gen.site.last_build import Ordered, build_inputs, is_edit, unchanged
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Disk

_HOUR = 3_600_000_000_000


pytestmark = pytest.mark.usefixtures("long_ago")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = copy_sample(tmp_path)
    beside = project / "content/pages/en/picture.svg"
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text("<svg/>", encoding="utf-8")
    return project


def last(project: Path, site: Path, strict: bool = False) -> Outcome | None:
    settings = project_settings(project / "mkdocs.yml", site)
    return unchanged(Ordered(settings, strict, Disk(settings.site_dir)), build_inputs(settings))


def test_a_build_that_would_change_nothing_ends_as_the_last(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert last(project, site) is None
    first, then = build(project, site), times(site)
    again = last(project, site)
    assert again is not None
    assert again.diagnostics == first.diagnostics
    assert (again.pages, again.coverage) == (first.pages, first.coverage)
    assert again.publication.files.keys() == first.publication.files.keys()
    assert (again.publication.bytes, again.publication.changed) == (first.publication.bytes, 0)
    assert list(again.report("full")) == list(first.report("full"))
    assert times(site) == then


FURTHER = [
    pytest.param(replaced(f"{SERVICE}/100.yml", "severity: error", "severity: erorr"), id="broken record"),
    pytest.param(lambda project: (project / SERVICE / "100.yml").unlink(), id="record gone"),
    pytest.param(appended(f"{SERVICE}/notes.txt", "What is this?"), id="stray file"),
    pytest.param(appended("content/pages/en/picture.svg", "<!-- new -->"), id="picture"),
    pytest.param(appended("content/pages/fr/index.md", "# Bonjour\n"), id="pages of no locale"),
    pytest.param(appended("translations/de/LC_MESSAGES/new.po", ""), id="catalog"),
    pytest.param(lambda project: shutil.rmtree(project / ".kb-gen"), id="cache gone"),
    pytest.param(lambda project: (project / ".kb-gen/last-build").write_bytes(b"kb-gen last build\r\n"), id="damaged"),
]


@pytest.mark.parametrize("change", [*(each for each in CHANGES if each.values[0] is not nothing), *FURTHER])
def test_any_change_means_a_build(change: Callable[[Path], object], project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    assert last(project, site) is not None
    change(project)
    assert last(project, site) is None


HARM = [
    pytest.param(lambda site: (site / "en/index.html").write_bytes(b""), id="emptied"),
    pytest.param(lambda site: os.utime(site / "index.html", ns=(0, 0)), id="older"),
    pytest.param(lambda site: (site / "de/shopservice/100/index.html").unlink(), id="gone"),
    pytest.param(lambda site: (site / "en/more.html").write_bytes(b""), id="one too many"),
    pytest.param(lambda site: (site / ".kb-gen").unlink(), id="without its marker"),
    pytest.param(shutil.rmtree, id="all gone"),
]


@pytest.mark.parametrize("harm", HARM)
def test_a_site_that_others_have_changed_is_built(
    harm: Callable[[Path], object], project: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    build(project, site)
    before = site_files(site)
    harm(site)
    assert last(project, site) is None
    if not (site / ".kb-gen").exists():
        shutil.rmtree(site, ignore_errors=True)
    build(project, site)
    assert site_files(site) == before
    assert last(project, site) is not None


def test_what_the_host_has_put_there_is_its_own(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    (site / ".htaccess").write_bytes(b"")
    assert last(project, site) is not None


def test_another_order_is_another_build(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    settings = project_settings(project / "mkdocs.yml", site)
    inputs = build_inputs(settings)
    assert unchanged(Ordered(settings, False, Disk(site)), inputs) is not None
    assert unchanged(Ordered(settings, True, Disk(site)), inputs) is None
    assert unchanged(Ordered(replace(settings, search="none"), False, Disk(site)), inputs) is None
    shutil.copytree(site, tmp_path / "copy")
    assert unchanged(Ordered(settings, False, Disk(tmp_path / "copy")), inputs) is None


def test_a_few_changed_files_are_an_edit(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = project_settings(project / "mkdocs.yml", tmp_path / "site")
    ordered = Ordered(settings, False, Disk(settings.site_dir))
    assert not is_edit(ordered, build_inputs(settings)), "nothing is known of the last build"
    build(project, tmp_path / "site")
    replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning")(project)
    appended("translations/de/LC_MESSAGES/shopservice.po", "\n")(project)
    inputs = build_inputs(settings)
    assert is_edit(ordered, inputs)
    assert not is_edit(replace(ordered, strict=True), inputs)
    monkeypatch.setattr(last_build, "_MOST_EDITED", 2)
    assert is_edit(ordered, inputs)
    monkeypatch.setattr(last_build, "_MOST_EDITED", 1)
    assert not is_edit(ordered, inputs)
    monkeypatch.undo()


@pytest.mark.parametrize("shared", ["content/products.yml", "translations/de/LC_MESSAGES/ui.po"])
def test_what_all_articles_share_is_no_edit(project: Path, tmp_path: Path, shared: str) -> None:
    settings = project_settings(project / "mkdocs.yml", tmp_path / "site")
    build(project, tmp_path / "site")
    appended(shared, "\n")(project)
    assert not is_edit(Ordered(settings, False, Disk(settings.site_dir)), build_inputs(settings))


def test_files_that_have_just_changed_are_not_trusted(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_YOUNG", _HOUR)
    site = tmp_path / "site"
    build(project, site)
    assert last(project, site) is None


def test_other_programs_mean_a_build(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    build(project, site)
    monkeypatch.setattr("kb_gen.site.last_build.is_installed", lambda _: False)
    assert last(project, site) is None


def test_the_command_says_what_the_last_build_found(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--config-file", str(project / "mkdocs.yml"), "--site-dir", str(tmp_path / "site")]
    first = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert "0 changed" not in first.output

    def build_site(*_: object, **__: object) -> None:
        pytest.fail("it was built again")

    monkeypatch.setattr(building, "build_site", build_site)
    again = CliRunner().invoke(command, [*arguments, "--timings"], standalone_mode=False)
    assert again.return_value == 0
    assert "0 changed, 0 removed" in again.output
    assert "Comparing with the last build" in again.output
