"""What was kept of records and catalogs saves work, and never changes what is read."""

from __future__ import annotations

import random
import shutil
import time
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_trees import copy_sample, replaced

from kb_gen.locales import kept_catalogs
from kb_gen.site import kept_words, reading
from kb_gen.site.plugin import read_settings
from kb_gen.site.reading import read_project
from kb_gen.site.workers import Processes
from kb_gen.validate import kept_checks

SERVICE = "content/shop/shopservice"
PO = "translations/de/LC_MESSAGES/shopservice.po"
KINDS = ("catalogs", "checks", "records", "words")
Change = Callable[[Path], object]


def shown(project: Path, jobs: int = 1) -> object:
    """Everything that is read of a project."""
    found = read_project(read_settings(project / "mkdocs.yml", project / "site"), Processes(jobs))
    loaded = found.loaded
    catalogs = {
        (tag, domain): (catalog, catalog.texts, catalog.plurals, catalog.outdated)
        for tag, domains in found.catalogs.by_locale.items()
        for domain, catalog in domains.items()
    }
    return (
        (loaded.knowledge_base, loaded.readable, loaded.broken, loaded.gaps),
        (found.diagnostics, found.facts, found.vocabulary, catalogs),
    )


def shown_anew(project: Path, scratch: Path) -> object:
    """The same, by a run that knows nothing."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(project, scratch, ignore=shutil.ignore_patterns(".kb-gen"))
    return shown(scratch)


def packs(project: Path, kind: str = "*") -> list[Path]:
    return sorted(file for file in project.glob(f".kb-gen/{kind}/*") if file.name != ".gitignore")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time at which no file is young."""
    now = time.time_ns
    monkeypatch.setattr("kb_gen.load.states.time.time_ns", lambda: now() + 60_000_000_000)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample with findings of each kind: in records, between them, and in a catalog."""
    project = copy_sample(tmp_path)
    service = project / SERVICE
    (service / "102.yml").write_text(
        "id: 102\nsource: ShopService\nproduct: shop\nmessage: Order %1\nsummary: See %7 and event:ShopService/999.\n"
        "actions:\n- text: Run.\n  commands: [{shell: foo, run: x}]\n"
    )
    (service / "103.yml").write_text("id: 103\nsource: ShopService\nproduct: shop\nseverity: bad\nsummary: Half.\n")
    (service / "104.yml").write_text("id: [\n")
    with (project / PO).open("a") as file:
        file.write('\n#: content/x.yml\nmsgid "Run `a` now."\nmsgstr "Los."\n')
    return project


def nothing(_project: Path) -> None:
    pass


def removed(path: str) -> Change:
    return lambda project: (project / path).unlink()


def written(path: str, data: bytes) -> Change:
    return lambda project: (project / path).write_bytes(data)


CHANGES = [
    pytest.param(nothing, id="nothing"),
    pytest.param(replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning"), id="record"),
    pytest.param(replaced(f"{SERVICE}/102.yml", "%7", "%1"), id="mended record"),
    pytest.param(removed(f"{SERVICE}/102.yml"), id="removed record"),
    pytest.param(written(f"{SERVICE}/999.yml", b"id: 999\nsource: ShopService\nproduct: shop\n"), id="new record"),
    pytest.param(replaced("content/products.yml", "ShopService:", "ShopServices:"), id="source"),
    pytest.param(written("content/products.yml", b"shop: ["), id="broken products"),
    pytest.param(removed("content/products.yml"), id="no products"),
    pytest.param(written("content/categories.yml", b"A: {title: B}\n"), id="categories"),
    pytest.param(replaced("content/snippets.yml", "text: ", "text: Neu "), id="snippet"),
    pytest.param(replaced(PO, "Die Bestellung", "Der Auftrag"), id="translation"),
    pytest.param(replaced(PO, "Los.", "Führen Sie jetzt `a` aus."), id="mended translation"),
    pytest.param(removed(PO), id="no catalog"),
    pytest.param(written(PO, b'msgid "\xff"\n'), id="undecodable catalog"),
    pytest.param(written(PO, b'msgid "a\n'), id="broken catalog"),
    pytest.param(replaced("mkdocs.yml", "locales: [en, de]", "locales: [de]"), id="locales"),
]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_same_is_read_as_by_a_run_that_knows_nothing(
    project: Path, tmp_path: Path, change: Change, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LIGHT", 0)
    for step in (nothing, change, nothing):
        step(project)
        assert shown(project, jobs) == shown_anew(project, tmp_path / "anew")


def _refused(*_: object) -> NoReturn:
    raise AssertionError


@pytest.mark.usefixtures("later")
def test_what_has_not_changed_is_neither_opened_nor_checked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / SERVICE / "104.yml").unlink()
    before = shown(project)
    monkeypatch.setattr(import_module("kb_gen.load.shards"), "read_bytes", _refused)
    monkeypatch.setattr(reading, "validate_shard", _refused)
    monkeypatch.setattr(kept_catalogs, "read_po_bytes", _refused)
    monkeypatch.setattr(kept_words, "gather_vocabulary", _refused)
    assert shown(project) == before


@pytest.mark.usefixtures("later")
def test_an_edit_rewrites_what_belongs_to_it(project: Path) -> None:
    shown(project)
    before = {pack: pack.stat().st_ino for pack in packs(project)}
    replaced(PO, "Die Bestellung", "Der Auftrag")(project)
    shown(project)
    after = {pack: pack.stat().st_ino for pack in packs(project)}
    changed = {pack.parent.name for pack, inode in after.items() if before.get(pack) != inode}
    assert changed == {"catalogs", "words"}
    assert len(after) == len(before)


def test_a_young_catalog_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(project)
    monkeypatch.setattr(kept_catalogs, "read_po_bytes", _refused)
    with pytest.raises(AssertionError):
        shown(project)


@pytest.mark.usefixtures("later")
def test_a_catalog_that_leads_out_of_the_project_by_now_is_refused(project: Path, tmp_path: Path) -> None:
    shown(project)
    folder = (project / PO).parent
    folder.rename(tmp_path / "outside")
    folder.symlink_to(tmp_path / "outside")
    read_by_one_that_knows = read_project(read_settings(project / "mkdocs.yml", project / "site"), Processes(1))
    assert "outside-tree" in {finding.code for finding in read_by_one_that_knows.diagnostics}


# What else may lie there


@pytest.fixture
def kept(project: Path, later: None) -> tuple[Path, object]:
    """A project of which everything was kept, and what is read of it."""
    return project, shown(project)


@pytest.mark.parametrize("kind", KINDS)
def test_without_one_kind_of_packs_the_same_is_read(kept: tuple[Path, object], kind: str) -> None:
    project, fresh = kept
    shutil.rmtree(project / ".kb-gen" / kind)
    assert shown(project) == fresh
    assert packs(project, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_packs_count_for_nothing(kept: tuple[Path, object], kind: str) -> None:
    project, fresh = kept
    chance = random.Random(1)
    for pack in packs(project, kind):
        whole = pack.read_bytes()
        for _ in range(10):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
            for data in (bytes(damaged), whole[: chance.randrange(len(whole))], b""):
                pack.write_bytes(data)
                assert shown(project) == fresh


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_in_a_packs_place_counts_for_nothing(kept: tuple[Path, object], kind: str) -> None:
    project, fresh = kept
    for pack in packs(project, kind):
        pack.unlink()
        pack.mkdir()
    assert shown(project) == fresh


@pytest.mark.parametrize("kind", KINDS)
def test_packs_of_other_things_count_for_nothing(kept: tuple[Path, object], kind: str) -> None:
    project, fresh = kept
    others = [pack.read_bytes() for pack in packs(project) if pack.parent.name != kind]
    for other in others:
        for pack in packs(project, kind):
            pack.write_bytes(other)
        assert shown(project) == fresh


@pytest.mark.parametrize(
    ("module", "name"),
    [(kept_catalogs, "format_version"), (kept_checks, "format_version"), (kept_words, "program_version")],
    ids=["catalogs", "checks", "words"],
)
@pytest.mark.parametrize("version", [b"another version!", None])
def test_another_version_counts_for_nothing(
    kept: tuple[Path, object], module: object, name: str, version: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, fresh = kept
    monkeypatch.setattr(module, name, lambda *_: version)
    for _ in range(2):
        assert shown(project) == fresh


@pytest.mark.usefixtures("later")
def test_without_a_place_for_packs_the_same_is_read(project: Path, tmp_path: Path) -> None:
    (project / ".kb-gen").write_text("kept")
    for _ in range(2):
        assert shown(project) == shown_anew(project, tmp_path / "anew")
    assert (project / ".kb-gen").read_text() == "kept"


def test_texts_that_went_while_a_build_runs_are_read_from_the_catalog(kept: tuple[Path, object]) -> None:
    project, _ = kept
    found = read_project(read_settings(project / "mkdocs.yml", project / "site"), Processes(1))
    for pack in packs(project, "catalogs"):
        pack.unlink()
    assert found.catalogs.catalog("de", "shopservice").texts
    assert len(packs(project, "catalogs")) == 1


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_forged_packs_never_break_a_run(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    project = tmp_path_factory.getbasetemp() / "forged-reading/project"
    if not project.exists():
        copy_sample(project.parent)
    shown(project)
    forged = data.draw(st.sampled_from([pack for pack in packs(project) if pack.parent.name in KINDS]))
    content = bytearray(forged.read_bytes())
    start = len(b"kb-gen records\r\n") + 20
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(start, len(content) - 1))] = data.draw(st.integers(0, 255))
    content[start - 4 : start] = zlib.crc32(content[start:]).to_bytes(4, "little")
    forged.write_bytes(content)
    shown(project)
    forged.unlink(missing_ok=True)
