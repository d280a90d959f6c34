"""Messages of several versions of a product, each imported by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

ERRMSG = """\
languages english=eng latin1, german=ger latin1;
default-language eng
start-error-number 1000
ER_FULL
	eng "{} %s is full"
	ger "{} %s ist voll"
"""
MC = """\
LanguageNames=(English=0x409:M1 German=0x407:M2)
MessageId=1000
SymbolicName=ER_FULL
Language=English
{} %1 is full
.
Language=German
{} %1 ist voll
.
"""


@pytest.fixture(params=[("errmsg", ERRMSG, "%s"), ("mc", MC, "%1")], ids=["errmsg", "mc"])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> _Product:
    write_tree(tmp_path, SETTINGS)
    return _Product(tmp_path, *request.param)


class _Product:
    def __init__(self, folder: Path, form: str, text: str, value: str) -> None:
        self.folder = folder
        self.form = form
        self.text = text
        self.value = value

    def run(self, command: str, words: tuple[str, str], *options: str) -> str:
        """What a command says of a file with one message."""
        (self.folder / "file.txt").write_text(self.text.format(*words), encoding="utf-8")
        arguments = (self.form, "file.txt", "--into", "content/disk", "--source", "Disk", *options)
        done = run_kb_gen(self.folder, command, *arguments)
        assert not done.stderr, done.stderr
        return done.stdout

    def message(self, noun: str) -> str:
        return f"{noun} {self.value} is full"

    @property
    def record(self) -> str:
        return (self.folder / "content/disk/disk/1000.yml").read_text(encoding="utf-8")

    @property
    def catalog(self) -> str:
        return (self.folder / "translations/de/LC_MESSAGES/disk.po").read_text(encoding="utf-8")


OLD, NEW, CORRECTED = ("Disk", "Datenträger"), ("Volume", "Volumen"), ("A volume", "Ein Volumen")


def test_a_corrected_version_replaces_its_variant_and_leaves_the_other_versions_message(product: _Product) -> None:
    product.run("import", OLD, "--version", "8.0")
    product.run("import", NEW, "--version", "8.4")
    assert "differs" in product.run("import", CORRECTED, "--version", "8.4")
    assert "(variants)" in product.run("import", CORRECTED, "--version", "8.4", "--overwrite", "message")
    assert f"message: {product.message('Disk')}\n" in product.record
    assert product.record.endswith(f'variants:\n  - version: "8.4"\n    message: {product.message("A volume")}\n'), (
        product.record
    )
    assert 'msgstr "Datenträger' in product.catalog
    assert 'msgstr "Ein Volumen' in product.catalog
    for words, version in ((OLD, "8.0"), (CORRECTED, "8.4")):
        assert "nothing differs" in product.run("drift", words, "--version", version)
    assert "All of it is there already" in product.run(
        "import", CORRECTED, "--version", "8.4", "--overwrite", "message"
    )
    assert run_kb_gen(product.folder, "check").returncode == 0


def test_an_overwriting_import_of_another_version_makes_a_variant(product: _Product) -> None:
    product.run("import", OLD, "--version", "8.0")
    product.run("import", NEW, "--version", "8.4", "--overwrite", "message")
    assert f"message: {product.message('Disk')}\n" in product.record
    assert f'  - version: "8.4"\n    message: {product.message("Volume")}\n' in product.record


def test_a_records_own_version_is_overwritten_in_its_place(product: _Product) -> None:
    product.run("import", OLD, "--version", "8.0")
    assert "`message` differs" in product.run("import", NEW, "--version", "8.0")
    product.run("import", NEW, "--version", "8.0", "--overwrite", "message")
    assert f"message: {product.message('Volume')}\n" in product.record
    assert "variants" not in product.record


def test_a_variant_whose_version_has_the_records_own_message_again_differs(product: _Product) -> None:
    product.run("import", OLD, "--version", "8.0")
    product.run("import", NEW, "--version", "8.4")
    assert "changed    Disk 1000" in product.run("drift", OLD, "--version", "8.4")
    assert "the message of that version differs" in product.run("import", OLD, "--version", "8.4")
