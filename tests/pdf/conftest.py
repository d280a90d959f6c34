"""What tests of printed files share: the files themselves, made once as users make them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from printed_files import ROOT, copied_project, kb_gen

pytest.importorskip("typst", reason="the extra `pdf` isn't installed")
pytest.importorskip("pikepdf", reason="the extra `pdf` isn't installed")


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of this repository's own knowledge base, by language."""
    project = copied_project(ROOT, tmp_path_factory.mktemp("own") / "project")
    done = kb_gen(project, "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "pdf"


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The books of records that have something that others don't have, and what was said when they were made."""
    project = copied_project(Path(__file__).parent / "odd", tmp_path_factory.mktemp("odd") / "project")
    done = kb_gen(project, "pdf", "--format", "concise")
    assert done.returncode == 1, done.stdout + done.stderr
    return project / "pdf", done.stdout


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The volumes of a product of several hundred events, each of which names the next."""
    project = tmp_path_factory.mktemp("large") / "project"
    records = project / "content" / "shop" / "shopbus"
    records.mkdir(parents=True)
    (project / "mkdocs.yml").write_text(
        "site_name: Large\ndocs_dir: content\ntheme:\n  name: material\nplugins:\n  - kb-gen\n", encoding="utf-8"
    )
    (project / "content" / "products.yml").write_text(
        "shop:\n  name: Shop\n  sources:\n    ShopBus:\n      syntax: plain\n", encoding="utf-8"
    )
    lines = [line for number in range(1, 321) for line in _record(number)]
    (records / "events.yml").write_text("".join(lines), encoding="utf-8")
    done = kb_gen(project, "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The English book of records whose words are wider than their places, and what was said when it was made."""
    project = tmp_path_factory.mktemp("wide") / "project"
    shutil.copytree(ROOT / "tests/pdf/odd/content", project / "content", ignore=shutil.ignore_patterns("*source"))
    shutil.copy(ROOT / "tests/pdf/odd/mkdocs.yml", project)
    (project / "content" / "odd").mkdir(exist_ok=True)
    records = (Path(__file__).parent / "wide.yml").read_text(encoding="utf-8")
    for letter in set(re.findall(r"\b(\w)×", records)):
        records = re.sub(rf"{letter}×(\d+)", lambda found, one=letter: one * int(found[1]), records)
    (project / "content" / "odd" / "wide.yml").write_text(records, encoding="utf-8")
    done = kb_gen(project, "pdf", "-l", "en", "--format", "concise")
    assert done.returncode == 1, done.stdout + done.stderr
    return project / "pdf/en/odd.pdf", done.stdout


def _record(number: int) -> Iterator[str]:
    yield f'- id: "{number}"\n  source: ShopBus\n  product: shop\n  symbolic_name: BUS_{number:03}\n'
    yield f"  modified: 2026-02-03\n  message: Bus {number} is late.\n  summary: Another bus.\n"
    yield f"  related: [ShopBus/{number % 320 + 1}]\n"
