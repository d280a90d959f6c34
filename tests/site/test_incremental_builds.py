"""A build after a change writes what a build from nothing would have written, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from site_trees import copy_sample, replaced, site_files

from kb_gen.site.build import build_site
from kb_gen.site.outcome import Outcome
from kb_gen.site.plugin import read_settings

SERVICE = "content/shop/shopservice"

Change = Callable[[Path], object]


def build(project: Path, site_dir: Path, jobs: int = 1) -> Outcome:
    outcome = build_site(read_settings(project / "mkdocs.yml", site_dir), jobs=jobs)
    assert not outcome.failed
    return outcome


def times(site_dir: Path) -> dict[str, int]:
    return {
        file.relative_to(site_dir).as_posix(): file.stat().st_mtime_ns for file in site_dir.rglob("*") if file.is_file()
    }


def appended(path: str, text: str) -> Change:
    def change(project: Path) -> None:
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)

    return change


def nothing(_project: Path) -> None:
    pass


CHANGES = [
    pytest.param(nothing, id="nothing"),
    pytest.param(replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning"), id="record"),
    pytest.param(replaced(f"{SERVICE}/101.yml", "product: shop", "product: shop\nsummary: X"), id="summary elsewhere"),
    pytest.param(replaced(f"{SERVICE}/101.yml", "product: shop", "product: shop\nsummary: Bestell"), id="new word"),
    pytest.param(appended(f"{SERVICE}/555.yml", "id: 555\nsource: ShopService\nproduct: shop\n"), id="new record"),
    pytest.param(
        replaced("translations/de/LC_MESSAGES/shopservice.po", "Die Bestellung", "Der Auftrag"), id="translation"
    ),
    pytest.param(replaced("content/snippets.yml", "text: ", "text: Now "), id="snippet"),
    pytest.param(replaced("content/products.yml", "name: ", "name: New "), id="product"),
    pytest.param(replaced("mkdocs.yml", "site_name: ", "site_name: The "), id="site name"),
    pytest.param(appended("mkdocs.yml", "\nextra_css:\n  - own.css\n"), id="theme"),
    pytest.param(appended("content/pages/en/about.md", "# About\n\nText\n"), id="hand-written page"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_project(change: Change, tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    before, then = site_files(site), times(site)
    change(project)
    again = build(project, site)
    shutil.rmtree(project / ".kb-gen")
    fresh = build(project, tmp_path / "fresh")
    after = site_files(site)
    assert after == site_files(tmp_path / "fresh")
    assert again.diagnostics == fresh.diagnostics
    assert again.coverage == fresh.coverage
    changed = {path for path, content in after.items() if before.get(path) != content}
    assert again.publication.changed == len(changed)
    assert again.publication.removed == len(before.keys() - after.keys())
    now = times(site)
    assert {path for path in after if now[path] != then.get(path)} == changed


def test_a_deleted_and_a_renamed_record(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    appended(f"{SERVICE}/555.yml", "id: 555\nsource: ShopService\nproduct: shop\n")(project)
    appended(f"{SERVICE}/556.yml", "id: 556\nsource: ShopService\nproduct: shop\n")(project)
    build(project, site)
    (project / SERVICE / "555.yml").unlink()
    (project / SERVICE / "556.yml").rename(project / SERVICE / "557.yml")
    replaced(f"{SERVICE}/557.yml", "id: 556", "id: 557\nformer: [ShopService/556]")(project)
    build(project, site)
    assert not (site / "en/shopservice/555").exists()
    assert "557" in (site / "en/shopservice/556/index.html").read_text(encoding="utf-8")
    shutil.rmtree(project / ".kb-gen")
    build(project, tmp_path / "fresh")
    assert site_files(site) == site_files(tmp_path / "fresh")


@pytest.mark.parametrize("harm", ["changed", "deleted", "emptied"])
def test_files_that_others_have_changed_are_mended(harm: str, tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    before = site_files(site)
    for path in ("en/shopservice/100/index.html", "api/v1/de/shopservice/100.json"):
        file = site / path
        if harm == "deleted":
            file.unlink()
        else:
            file.write_bytes(b"" if harm == "emptied" else file.read_bytes()[::-1])
    assert build(project, site).publication.changed == 2
    assert site_files(site) == before


@pytest.mark.parametrize("damage", [b"", b"kb-gen", b"\x00" * 4096])
def test_damaged_packs_cost_time_only(damage: bytes, tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    before = site_files(site)
    packs = [file for file in (project / ".kb-gen").rglob("*") if file.is_file() and file.name != ".gitignore"]
    assert packs
    for file in packs:
        file.write_bytes(damage or file.read_bytes()[:-9])
    assert build(project, site).publication.changed == 0
    assert site_files(site) == before


def test_a_pack_is_not_taken_for_another_one(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    before = site_files(site)
    packs = sorted(file for file in (project / ".kb-gen").rglob("*") if file.is_file() and file.name != ".gitignore")
    contents = [file.read_bytes() for file in packs]
    assert len(packs) > 1
    for file, content in zip(packs, [*contents[1:], contents[0]], strict=True):
        file.write_bytes(content)
    replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning")(project)
    build(project, site)
    replaced(f"{SERVICE}/100.yml", "severity: warning", "severity: error")(project)
    build(project, site)
    assert site_files(site) == before


def test_another_output_folder_gets_everything(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    build(project, tmp_path / "one")
    build(project, tmp_path / "two", jobs=2)
    assert site_files(tmp_path / "one") == site_files(tmp_path / "two")
