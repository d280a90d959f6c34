"""The command line as a user meets it: output, exit codes, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_kb_gen, started_kb_gen
from site_trees import copy_sample

COMMANDS = ("build", "check", "explain-code", "i18n", "lookup", "new", "online-help", "pdf", "schema", "serve")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_sample(tmp_path)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("i18n", "extract"), ("i18n", "update")])
def test_help_has_an_example(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run_kb_gen(tmp_path, *command, "--help")
    assert result.returncode == 0
    assert "Example:" in result.stdout


def test_check_finds_everything_and_says_how_much(project: Path) -> None:
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8") + "sumary: x\ncolour: red\n", encoding="utf-8")
    result = run_kb_gen(project, "check")
    assert result.returncode == 1
    assert "error[unknown-field]" in result.stdout
    assert "did you mean `summary`" in result.stdout
    assert "2 errors" in result.stdout


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_page_that_is_not_utf8_is_told_with_its_place(project: Path, command: str) -> None:
    page = project / "content/pages/de/mehr/hilfe.md"
    page.parent.mkdir(parents=True)
    page.write_bytes("# Hilfe\n\nFür alle\n".encode("cp1252"))
    result = run_kb_gen(project, command)
    assert result.returncode == 1
    assert "error[wrong-encoding]: byte 0xFC at this place isn't UTF-8" in result.stdout + result.stderr
    assert "--> content/pages/de/mehr/hilfe.md:3:2" in result.stdout + result.stderr


def test_check_writes_for_machines(project: Path) -> None:
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("Look at it.", "Look at %9."), encoding="utf-8")
    found = json.loads(run_kb_gen(project, "check", "--format", "json").stdout)
    assert [(f["code"], f["line"], f["column"]) for f in found if f["severity"] == "error"] == [
        ("unknown-parameter", 10, 22)
    ]
    github = run_kb_gen(project, "check", "--format", "github").stdout
    assert "::error file=content/shop/shopprint/7.yml,line=10,endLine=10,col=22," in github


def test_warnings_fail_only_a_strict_check(project: Path) -> None:
    assert run_kb_gen(project, "check").returncode == 0
    assert run_kb_gen(project, "check", "--strict").returncode == 1


@pytest.mark.parametrize(
    "arguments", [("check",), ("check", "--strict"), ("chekc",), ("lookup", "Bestellung O-1 abgelehnt.", "-l", "de")]
)
def test_the_process_says_and_returns_what_these_tests_see(project: Path, arguments: tuple[str, ...]) -> None:
    expected = run_kb_gen(project, *arguments)
    result = started_kb_gen(project, *arguments)
    assert (result.returncode, result.stdout, result.stderr) == (expected.returncode, expected.stdout, expected.stderr)


def test_build_reports_for_machines(project: Path) -> None:
    result = run_kb_gen(project, "build", "--format", "json")
    assert result.returncode == 0
    data = json.loads(result.stdout)
    assert (data["built"], data["pages"]) == (True, 6)
    assert data["translated"]["de"]["outdated"] == 1
    assert (project / "site/de/shopservice/100/index.html").is_file()


def test_a_build_shows_some_warnings_of_a_kind_and_all_errors(project: Path) -> None:
    many = "".join(f'  - text: "See ShopPrint %{number}."\n' for number in range(30, 55))
    printer = project / "content/shop/shopprint"
    for number in range(1000, 1030):
        (printer / f"{number}.yml").write_text(
            f'id: "{number}"\nsource: ShopPrint\nproduct: shop\nmessage: "%s has gone to %s ({number})"\n'
            "parameters:\n  1:\n    name: printer\n",
            "utf-8",
        )
    before = json.loads(run_kb_gen(project, "check", "--format", "json").stdout)
    alike = [finding for finding in before if finding["code"] == "undescribed-parameter"]
    assert len(alike) > 20
    told = run_kb_gen(project, "build").stdout
    assert told.count("warning[undescribed-parameter]") == 20
    assert f"\nNot shown: {len(alike) - 20} of undescribed-parameter. `kb-gen check` shows all" in told
    assert "\nBuilt " in told
    assert run_kb_gen(project, "check").stdout.count("warning[undescribed-parameter]") == len(alike)
    concise = run_kb_gen(project, "build", "--format", "concise").stdout
    assert concise.count("[undescribed-parameter]") == len(alike)
    (printer / "1024.yml").write_text(
        f'id: "1024"\nsource: ShopPrint\nproduct: shop\nmessage: "x %s"\nactions:\n{many}', "utf-8"
    )
    failed = run_kb_gen(project, "build")
    assert (failed.returncode, failed.stdout.count("error[unknown-parameter]")) == (1, 25)


def test_a_project_needs_no_folder_of_hand_written_pages(project: Path) -> None:
    configuration = project / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace("docs_dir: content\n", ""), "utf-8")
    assert run_kb_gen(project, "build").returncode == 0


def test_build_refuses_a_folder_of_others(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site/mine.txt").write_text("x", encoding="utf-8")
    result = run_kb_gen(project, "build")
    assert result.returncode == 2
    assert "--force" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "there is no mkdocs.yml here"),
        (("chekc",), "Did you mean `check`?"),
        (("check", "--format", "xml"), "xml"),
        (("explain-code", "unknown-paramter"), "Did you mean `unknown-parameter`?"),
    ],
)
def test_wrong_usage_is_a_line_and_exit_code_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run_kb_gen(tmp_path, *arguments)
    assert result.returncode == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    "configuration",
    [
        "site_name: X\n",
        "site_name: [\n",
        "site_name: X\ntheme: {name: material}\nplugins: [{kb-gen: {locales: [en, xx-yy-zz]}}]\n",
        "site_name: X\ntheme: {name: material}\nplugins: [{kb-gen: {locale: [en]}}, nosuchplugin]\n",
        "- a list\n",
        "\x00",
    ],
)
def test_a_configuration_that_is_wrong_is_told_in_words(project: Path, configuration: str) -> None:
    (project / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    result = run_kb_gen(project, "build")
    assert result.returncode == 2
    assert "mkdocs.yml" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("{locals: [en]}", "option 'locals': there is no such option; did you mean `locales`?"),
        ("{nothing: 1}", "option 'nothing': there is no such option; there are `locales`, `source_locale`, "),
        ("{1: 2}", "option '1': there is no such option"),
    ],
)
@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_an_option_that_there_is_not_is_told(project: Path, options: str, said: str, command: str) -> None:
    configuration = f"site_name: X\ntheme: {{name: material}}\nplugins: [{{kb-gen: {options}}}]\n"
    (project / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    result = run_kb_gen(project, command)
    assert result.returncode == 2
    assert "mkdocs.yml" in result.stderr
    assert said in " ".join(result.stderr.split())


def test_new_writes_a_record_that_passes_once_filled_in(project: Path) -> None:
    result = run_kb_gen(project, "new", "ShopService", "0x66", "--product", "shop")
    assert result.returncode == 0
    file = project / "content/shop/shopservice/102.yml"
    assert file.is_file()
    assert run_kb_gen(project, "check").returncode == 0
    again = run_kb_gen(project, "new", "ShopService", "102", "--product", "shop")
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    unknown = run_kb_gen(project, "new", "ShopService", "103", "--product", "shopp")
    assert (unknown.returncode, "shop" in unknown.stderr) == (2, True)


def test_schemas_are_printed_and_written(tmp_path: Path) -> None:
    schema = json.loads(run_kb_gen(tmp_path, "schema", "record").stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    assert run_kb_gen(tmp_path, "schema", "--write", "out").returncode == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {"record.json", "products.json", "snippets.json"}


def test_translators_get_from_nothing_to_a_catalog(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "extract").returncode == 0
    assert (project / "translations/templates/shopservice.pot").is_file()
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    catalog = project / "translations/de/LC_MESSAGES/shopservice.po"
    before = catalog.read_bytes()
    assert b"Die Bestellung" in before
    assert run_kb_gen(project, "i18n", "extract").stdout.strip() == "All templates are up to date."
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    assert catalog.read_bytes() == before
    assert run_kb_gen(project, "i18n", "update", "--locale", "fr").returncode == 0
    assert (project / "translations/fr/LC_MESSAGES/shopservice.po").is_file()
    # No French comes with the package, so the interface's words are the project's to translate; German does.
    assert (project / "translations/fr/LC_MESSAGES/ui.po").is_file()
    assert not (project / "translations/de/LC_MESSAGES/ui.po").exists()
    status = json.loads(run_kb_gen(project, "i18n", "status", "--format", "json").stdout)
    assert status["de"]["domains"]["shopservice"]["translated"] > 0
    products = {product["name"]: product for product in status["de"]["products"]}
    assert products["Shop Server"]["domains"]["shopservice"] == status["de"]["domains"]["shopservice"]
    assert products[""]["domains"].keys() == {"snippets", "ui"}
    gaps = [article["missing"] + article["fuzzy"] for article in status["de"]["articles"]["incomplete"]]
    assert gaps == sorted(gaps)
    assert all(gaps)
    assert run_kb_gen(project, "i18n", "status", "--threshold", "100").returncode == 1
    pictures = run_kb_gen(project, "i18n", "status", "--badge", "out/badge.svg", "--bar", "out/bar.svg", "--articles")
    assert pictures.returncode == 0
    assert "ShopPrint 7" in pictures.stdout
    assert "Deutsch" in (project / "out/badge.svg").read_text("utf-8")
    assert "Deutsch" in (project / "out/bar.svg").read_text("utf-8")
    (project / "out/file").write_text("")
    refused = run_kb_gen(project, "i18n", "status", "--badge", "out/file/badge.svg")
    assert refused.returncode == 2
    assert "can't be written" in refused.stderr
    assert run_kb_gen(project, "i18n", "check").returncode == 0
    assert run_kb_gen(project, "i18n", "update", "--locale", "klingon").returncode == 2


def test_an_update_begins_with_the_templates(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    assert "stale-templates" not in run_kb_gen(project, "i18n", "check").stdout
    record = project / "content/shop/shopservice/100.yml"
    record.write_text(record.read_text("utf-8").replace("Mend the code.", "Something that nobody has read."), "utf-8")
    checked = run_kb_gen(project, "i18n", "check")
    assert "warning[stale-templates]" in checked.stdout
    assert "shopservice" in checked.stdout
    status = run_kb_gen(project, "i18n", "status", "--format", "json")
    assert "warning[stale-templates]" in status.stderr
    assert "de" in json.loads(status.stdout)
    assert "Wrote translations/templates/shopservice.pot" in run_kb_gen(project, "i18n", "update").stdout
    assert b"Something that nobody has read." in (project / "translations/de/LC_MESSAGES/shopservice.po").read_bytes()
    assert "stale-templates" not in run_kb_gen(project, "i18n", "check").stdout


def test_counts_say_what_is_counted(project: Path) -> None:
    assert "of the passages in articles translated" in run_kb_gen(project, "build").stdout
    assert "units of the catalogs, each text once" in run_kb_gen(project, "i18n", "status").stdout


def test_a_locale_without_catalogs_is_told(project: Path) -> None:
    assert "warning[no-catalogs]" in run_kb_gen(project, "i18n", "status", "--locale", "fr").stderr
    assert "kb-gen i18n update --locale fr" in run_kb_gen(project, "i18n", "check", "--locale", "fr").stdout


def test_extraction_refuses_broken_records_and_loses_no_catalog(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "extract").returncode == 0
    before = (project / "translations/templates/shopservice.pot").read_bytes()
    (project / "content/shop/shopservice/100.yml").write_text("id: [", encoding="utf-8")
    assert run_kb_gen(project, "i18n", "extract").returncode == 1
    assert run_kb_gen(project, "i18n", "update").returncode == 1
    assert (project / "translations/templates/shopservice.pot").read_bytes() == before


def test_findings_of_catalogs_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    catalog = project / "translations/de/LC_MESSAGES/shopservice.po"
    # Terms are looked for when everything else has been found.
    (project / "translations/glossary.csv").write_text("source,de\nlog,Protokoll\n", "utf-8")
    needless = '\n# kb-gen: ignore translation-term\nmsgid "First."\nmsgstr "Erstens."\n'
    copied = '\nmsgid "The very same words."\nmsgstr "The very same words."\n'
    catalog.write_text(f"{catalog.read_text('utf-8')}{needless}{copied}{needless.replace('First', 'Second')}", "utf-8")
    told = run_kb_gen(project, "i18n", "check", "--locale", "de", "--format", "json").stdout
    lines = [found["line"] for found in json.loads(told) if found["path"].endswith(".po")]
    codes = [found["code"] for found in json.loads(told)]
    assert codes.count("translation-needless-ignore") == 2
    assert "translation-copied" in codes
    assert lines == sorted(lines)
