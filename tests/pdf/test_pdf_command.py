"""`kb-gen pdf` as a user meets it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from command_line import run_kb_gen
from printed_files import ROOT, copied_project, kb_gen, text_of

PRINTING = """\
from pathlib import Path
from kb_gen.books import library_of
from kb_gen.document import find_targets, product_volumes
from kb_gen.pdf import Folder, Sheet, print_sheets
from kb_gen.site.kept_settings import project_settings
from kb_gen.site.reading import read_project
from kb_gen.site.workers import Processes
"""
"""What a program begins with that prints sheets by itself."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied_project(ROOT / "tests" / "sample", tmp_path / "project")


def test_a_book_of_each_product_and_language(project: Path) -> None:
    done = kb_gen(project, "pdf")
    assert done.returncode == 0, done.stderr
    assert sorted(file.relative_to(project).as_posix() for file in project.rglob("*.pdf")) == [
        "pdf/de/shop.pdf",
        "pdf/en/shop.pdf",
    ]
    assert "pdf/de/shop.pdf: " in done.stdout
    assert "2 files in " in done.stdout


def test_what_has_not_changed_is_not_made_again(project: Path) -> None:
    kb_gen(project, "pdf", "--locale", "en")
    file = project / "pdf/en/shop.pdf"
    before = file.stat().st_mtime_ns
    assert "unchanged" in kb_gen(project, "pdf", "--locale", "en").stdout
    assert file.stat().st_mtime_ns == before
    # Somebody else's file is not taken for ours.
    file.write_bytes(b"%PDF-1.7")
    assert "unchanged" not in kb_gen(project, "pdf", "--locale", "en").stdout
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8") + "category: Paper\n", encoding="utf-8")
    assert "unchanged" not in kb_gen(project, "pdf", "--locale", "en").stdout
    assert "unchanged" not in kb_gen(project, "pdf", "--locale", "en", "--paper", "us-letter").stdout
    with pikepdf.open(file) as pdf:
        assert [round(float(length)) for length in pdf.pages[0].mediabox] == [0, 0, 612, 792]


def test_files_of_single_events_and_sources(project: Path) -> None:
    done = kb_gen(project, "pdf", "-l", "en", "-e", "ShopPrint/7", "-o", "out", "--format", "json")
    told = json.loads(done.stdout)
    assert [file["path"] for file in told["files"]] == ["out/en/shopprint-7.pdf"]
    assert told["files"][0]["state"] == "made"
    assert told["files"][0]["bytes"] == (project / "out/en/shopprint-7.pdf").stat().st_size
    done = kb_gen(project, "pdf", "-l", "en", "-s", "ShopPrint", "--format", "json")
    assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["pdf/en/shopprint.pdf"]
    done = kb_gen(project, "pdf", "-l", "en", "--all", "--format", "json")
    assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["pdf/en/all.pdf"]


def test_what_has_changed_since(project: Path) -> None:
    done = kb_gen(project, "pdf", "-l", "en", "--changed-since", "2999-01-01")
    assert done.returncode == 0
    assert "Nothing has changed since then" in done.stderr
    assert not list(project.rglob("*.pdf"))
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8") + "modified: 2999-02-01\n", encoding="utf-8")
    kb_gen(project, "pdf", "-l", "en", "--changed-since", "2999-01-01")
    assert [file.name for file in project.rglob("*.pdf")] == ["all-since-2999-01-01.pdf"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--product", "shopp"], "there is no product `shopp`; did you mean `shop`?"),
        (["--source", "ShopPrin"], "there is no event source `ShopPrin`; did you mean `ShopPrint`?"),
        (["--event", "ShopPrint/9999"], "there is no event `ShopPrint/9999`"),
        (["--event", "ShopPrin/7"], "there is no event source `ShopPrin`; did you mean"),
        (["--event", "7"], "`7` names no event"),
        (["--event", "ShopPrint/7", "--all"], "leave the other options out"),
        (["--all", "--product", "shop"], "leave `--product` and `--source` out, or `--all`"),
        (["--all", "--source", "ShopPrint"], "leave `--product` and `--source` out, or `--all`"),
        (["--changed-since", "31.1.2026"], "`31.1.2026` is no day: write it as YYYY-MM-DD, such as 2026-01-31"),
        (["--fonts", "translations"], "there is no font in "),
        (["--locale", "fr"], "the project isn't in `fr`, but in `en`, `de`"),
        (["--locale", "xx"], "unknown locale `xx`"),
        (["--fonts", "nowhere"], "nowhere"),
        (["--paper", "a3"], "a3"),
    ],
)
def test_wrong_usage(project: Path, arguments: list[str], message: str) -> None:
    done = run_kb_gen(project, "pdf", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not list(project.rglob("*.pdf"))


def test_a_font_that_is_none(project: Path) -> None:
    (project / "fonts").mkdir()
    (project / "fonts/Letters.ttf").write_text("no font", encoding="utf-8")
    done = run_kb_gen(project, "pdf", "--fonts", "fonts")
    assert done.returncode == 2
    assert "put files ending in .ttf, .otf, .ttc or .otc there" in done.stderr


def test_a_book_leads_into_no_book_that_was_not_asked_for(project: Path) -> None:
    products = project / "content/products.yml"
    products.write_text(
        products.read_text(encoding="utf-8")
        + "other:\n  name: Other\n  sources:\n    OtherBus:\n      syntax: plain\n",
        encoding="utf-8",
    )
    records = project / "content/other/otherbus"
    records.mkdir(parents=True)
    (records / "1.yml").write_text(
        'id: "1"\nsource: OtherBus\nproduct: other\nmessage: See there.\nsummary: See there.\nrelated: [ShopPrint/7]\n',
        encoding="utf-8",
    )
    kb_gen(project, "pdf", "-l", "en", "-p", "other")
    assert _actions(project / "pdf/en/other.pdf") == []
    assert "ShopPrint 7" in text_of(project / "pdf/en/other.pdf")
    kb_gen(project, "pdf", "-l", "en")
    assert [str(action.S) for action in _actions(project / "pdf/en/other.pdf")] == ["/GoToR"]
    configuration = project / "mkdocs.yml"
    text = re.sub(r"^site_url:.*\n", "", configuration.read_text(encoding="utf-8"), flags=re.MULTILINE)
    configuration.write_text("site_url: https://events.example.org/\n" + text, encoding="utf-8")
    kb_gen(project, "pdf", "-l", "en", "-p", "other")
    (action,) = _actions(project / "pdf/en/other.pdf")
    assert str(action.URI) == "https://events.example.org/en/shopprint/7/"


def _actions(file: Path) -> list[pikepdf.Object]:
    pdf = pikepdf.open(file)
    return [each.A for page in pdf.pages for each in page.obj.get("/Annots", []) if "/A" in each and "/S" in each.A]


def test_a_date_that_is_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = run_kb_gen(project, "pdf")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is `yesterday`" in done.stderr


def test_a_project_with_errors(project: Path) -> None:
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    done = run_kb_gen(project, "pdf")
    assert done.returncode == 1
    assert "error[unknown-field]" in done.stdout
    assert "No PDF file was made: 1 error, 1 warning." in done.stderr
    # Programs get the same shape as ever.
    told = json.loads(kb_gen(project, "pdf", "--format", "json").stdout)
    assert told["files"] == []
    assert [finding["code"] for finding in told["diagnostics"] if finding["severity"] == "error"] == ["unknown-field"]


@pytest.mark.parametrize("folder", ["content", "content/pages/pdf", "translations/de"])
def test_files_are_not_made_where_others_are_read(project: Path, folder: str) -> None:
    done = kb_gen(project, "pdf", "--output", folder)
    assert done.returncode == 2
    assert f"`{folder}` is in `{folder.partition('/')[0]}`, where the files would be taken for" in done.stderr
    assert not list(project.rglob("*.pdf"))


def test_a_link_makes_room_for_a_file(project: Path) -> None:
    other = project / "other.txt"
    other.write_text("precious", encoding="utf-8")
    file = project / "pdf/en/shop.pdf"
    file.parent.mkdir(parents=True)
    file.symlink_to(other)
    assert kb_gen(project, "pdf", "--locale", "en").returncode == 0
    assert other.read_text(encoding="utf-8") == "precious"
    assert not file.is_symlink()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_folder_in_the_place_of_a_file_is_named(project: Path) -> None:
    (project / "pdf/en/shop.pdf").mkdir(parents=True)
    done = kb_gen(project, "pdf", "--locale", "en")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "kb-gen: pdf/en/shop.pdf: Is a directory"


def test_a_file_without_any_date_is_the_same_on_any_day(project: Path) -> None:
    for record in (project / "content").rglob("*.yml"):
        text = record.read_text(encoding="utf-8")
        record.write_text(re.sub(r"^modified:.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    kb_gen(project, "pdf", "--locale", "en")
    with pikepdf.open(project / "pdf/en/shop.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:19700101000000")


@pytest.mark.parametrize("command", [["pdf"], ["build"]])
def test_without_the_extra(project: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = project / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8") + "      pdf: volumes\n", encoding="utf-8")
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "typst" else find(name, *rest))
    done = run_kb_gen(project, *command)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: PDF files need the extra `pdf`: pip install 'kb-gen[pdf]'"


@pytest.mark.parametrize(
    ("package", "code", "said"),
    [
        ("typst", "raise ImportError('libstdc++.so.6: no such file')", "libstdc++.so.6: no such file"),
        ("pikepdf", "raise OSError('wrong ELF class')", "wrong ELF class"),
        ("deflate", "", "module 'deflate' has no attribute 'zlib_compress'"),
    ],
)
def test_a_damaged_installation_is_one_clear_line(project: Path, package: str, code: str, said: str) -> None:
    damaged = project / "damaged"
    (damaged / package).mkdir(parents=True)
    (damaged / package / "__init__.py").write_text(f"{code}\n", encoding="utf-8")
    paths = os.pathsep.join([str(damaged), str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = kb_gen(project, "pdf", "--locale", "en", PYTHONPATH=paths)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert line == (
        f"Error: {package} is installed, but can't be loaded ({said}): "
        "install it again: pip install --force-reinstall 'kb-gen[pdf]'"
    )
    assert not list(project.rglob("*.pdf"))


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    def made(name: str, **variables: str) -> bytes:
        folder = copied_project(ROOT / "tests" / "sample", tmp_path / name)
        kb_gen(folder, "pdf", "-l", "de", **variables)
        return (folder / "pdf/de/shop.pdf").read_bytes()

    dated = made("one", SOURCE_DATE_EPOCH="1300000000")
    assert dated == made("two", SOURCE_DATE_EPOCH="1300000000")
    assert dated != made("three", SOURCE_DATE_EPOCH="1400000000")
    with pikepdf.open(tmp_path / "one/pdf/de/shop.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20110313070640")


def test_processes_that_begin_with_nothing_make_the_same(project: Path) -> None:
    program = PRINTING + (
        "if __name__ == '__main__':\n"
        "    settings = project_settings(Path('mkdocs.yml'))\n"
        "    read = read_project(settings, Processes(1))\n"
        "    volumes = product_volumes(read.kb)['shop']\n"
        "    library = library_of(settings, read.kb, read.catalogs, find_targets(read.kb), {'en': volumes})\n"
        "    print_sheets([Sheet('en/shop.pdf', 'en', volumes[0])], library, Folder(Path('spawned')), start='spawn')\n"
    )
    (project / "spawned.py").write_text(program, encoding="utf-8")
    subprocess.run([sys.executable, "spawned.py"], cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    kb_gen(project, "pdf", "-l", "en")
    assert (project / "spawned/en/shop.pdf").read_bytes() == (project / "pdf/en/shop.pdf").read_bytes()


def test_progress_is_told_while_a_volume_is_made(large: Path) -> None:
    program = PRINTING + (
        "class Told:\n"
        "    def stage(self, name, total): print(total)\n"
        "    def advance(self, count): print(count)\n"
        "settings = project_settings(Path('mkdocs.yml'))\n"
        "read = read_project(settings, Processes(1))\n"
        "volumes = product_volumes(read.kb)['shop']\n"
        "library = library_of(settings, read.kb, read.catalogs, find_targets(read.kb), {'en': volumes})\n"
        "sheets = [Sheet(f'en/{volume.file}', 'en', volume) for volume in volumes]\n"
        "print_sheets(sheets, library, Folder(Path('told')), progress=Told())\n"
    )
    command = [sys.executable, "-c", program]
    for advances in (6, 4):
        # The second time, nothing has to be set.
        told = subprocess.run(command, cwd=large, capture_output=True, check=True, text=True).stdout.split()
        total, *counts = map(int, told)
        assert total == sum(counts) == 320
        assert len(counts) == advances
