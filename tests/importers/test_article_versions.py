"""Versions that articles name, with their names as Microsoft's manuals have them in parentheses."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_kb_gen
from site_trees import write_tree

from kb_gen.importers.formats.article_versions import version_of

PROJECT = """\
-- mkdocs.yml --
site_name: Errors
docs_dir: content/pages
plugins:
  - kb-gen:
      locales: [en, de]
-- content/pages/en/about.md --
# About
-- new.txt --
Event ID: 1036
Event Source: MSExchangeTransport
Product Name: Exchange
Product Version: 14.0 (Exchange Server 2010)

Explanation
It is bad.
-- german.txt --
Ereignis-ID: 9690
Ereignisquelle: MSExchangeIS
Produktversion: 8.0 (Exchange Server 2007)

Erläuterung
Die Datenbank ist zu groß.
"""
ARGUMENTS = ("import", "article", "new.txt", "german.txt", "--into", "content/exchange")


@pytest.mark.parametrize(
    ("told", "version", "name"),
    [
        ("14.0 (Exchange Server 2010)", "14.0", "Exchange Server 2010"),
        ("15.02(Exchange\nServer)", "15.02", "Exchange Server"),
        ("14.0", "14.0", ""),
        ("14.0 (SP1)", "14.0 (SP1)", ""),
        ("14.0 (Service Pack 1)", "14.0 (Service Pack 1)", ""),
        ("2008 (64-bit)", "2008 (64-bit)", ""),
        ("14.0 (Exchange Server 2010), 15.0", "", ""),
        ("", "", ""),
    ],
)
def test_a_name_stands_in_parentheses_behind_a_number(told: str, version: str, name: str) -> None:
    assert version_of(told) == (version, name)


def test_a_new_version_gets_the_name_that_the_article_has(tmp_path: Path) -> None:
    project = write_tree(tmp_path, PROJECT)
    done = run_kb_gen(project, *ARGUMENTS)
    assert done.returncode == 0, done.stdout + done.stderr
    products = (project / "content/products.yml").read_text(encoding="utf-8")
    assert "    14.0: Exchange Server 2010\n    8.0: Exchange Server 2007\n" in products.replace('"', "").replace(
        "'", ""
    )
    record = (project / "content/exchange/msexchangetransport/1036.yml").read_text(encoding="utf-8")
    assert 'version: "14.0"\n' in record
    assert "# The article names the product version" not in record
    assert run_kb_gen(project, "check").returncode == 0


def test_a_version_that_is_known_keeps_its_name(tmp_path: Path) -> None:
    project = write_tree(tmp_path, PROJECT)
    products = "exchange:\n  name: Exchange\n  versions:\n    '14.0': Exchange 2010\n    '8.0': '2007'\n"
    (project / "content/products.yml").write_text(products, encoding="utf-8")
    assert run_kb_gen(project, *ARGUMENTS).returncode == 0
    assert (project / "content/products.yml").read_text(encoding="utf-8").startswith(products)


def test_the_version_that_the_user_names_has_no_name_from_the_article(tmp_path: Path) -> None:
    project = write_tree(tmp_path, PROJECT)
    assert run_kb_gen(project, *ARGUMENTS, "--version", "15").returncode == 0
    record = (project / "content/exchange/msexchangetransport/1036.yml").read_text(encoding="utf-8")
    assert "# The article names the product version 14.0 (Exchange Server 2010).\n" in record
    assert "exchange 15" in (project / "content/products.yml").read_text(encoding="utf-8")
