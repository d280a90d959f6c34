"""`kb-gen i18n update` as a user meets it: what it says, what it writes, and what it keeps."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from site_trees import copy_sample

from kb_gen.cli.i18n.update import command

CATALOG = "translations/de/LC_MESSAGES/shopservice.po"
TEMPLATE = "translations/templates/shopservice.pot"
RECORD = "content/shop/shopservice/100.yml"
SOURCE, TYPO = "Choose:", "Chose:"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose catalogs are up to date, and have a translation of `SOURCE`."""
    folder = copy_sample(tmp_path)
    monkeypatch.chdir(folder)
    assert update("--memory", "none").exit_code == 0
    file = folder / CATALOG
    untranslated = f'msgid "{SOURCE}"\nmsgstr ""\n'
    assert untranslated in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(untranslated, f'msgid "{SOURCE}"\nmsgstr "Wählen Sie:"\n'), "utf-8")
    return folder


def update(*arguments: str) -> Result:
    # Commands return their exit code to `kb_gen.cli.main`.
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    if result.exception is None:
        result.exit_code = result.return_value or 0
    return result


def change(project: Path, before: str = SOURCE, after: str = TYPO) -> None:
    file = project / RECORD
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def files(project: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in (project / "translations").rglob("*") if file.is_file()}


def entry(project: Path, msgid: str) -> str:
    blocks = (project / CATALOG).read_text("utf-8").split("\n\n")
    return next(block for block in blocks if f'\nmsgid "{msgid}"' in block)


def test_a_dry_run_says_what_would_change_and_writes_nothing(project: Path) -> None:
    change(project)
    before = files(project)
    result = update("--dry-run")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"Would write {TEMPLATE}",
        f"Would write {CATALOG}: 0 new, 1 to review, 0 revived, 0 obsolete",
    ]
    assert files(project) == before
    result = update()
    assert f"Wrote {CATALOG}: 0 new, 1 to review, 0 revived, 0 obsolete" in result.output
    assert update("--dry-run").output == "de: all catalogs are up to date.\n"


def test_a_diff_can_be_applied(project: Path, tmp_path: Path) -> None:
    if shutil.which("patch") is None:
        pytest.skip("patch is not installed")
    change(project)
    result = update("--dry-run", "--diff")
    patch = "\n".join(line for line in result.output.splitlines() if not line.startswith("Would")) + "\n"
    before = files(project)
    done = subprocess.run(
        ["patch", "-p1", "--no-backup-if-mismatch"], cwd=project, input=patch.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    patched = files(project)
    for path, data in before.items():
        Path(path).write_bytes(data)
    update()
    assert patched == files(project)


def test_programs_get_the_same_as_json(project: Path) -> None:
    change(project)
    data = json.loads(update("--dry-run", "--format", "json", "--diff", "--unfuzzy", "shopservice/100").output)
    assert data["dry_run"] is True
    assert data["findings"] == []
    assert [(one["path"], one["removed"]) for one in data["templates"]] == [(TEMPLATE, False)]
    told = {one["domain"]: one for one in data["locales"]["de"]}
    assert told.keys() == {"shopprint", "shopservice", "snippets"}
    shop = told["shopservice"]
    # The sample has another text that waits for approval since it has got an article.
    assert (shop["path"], shop["changed"], shop["kept"], shop["to_review"]) == (CATALOG, True, 2, 0)
    assert {"before": SOURCE, "after": TYPO, "obstacle": None} in shop["slight"]
    assert f'+msgid "{TYPO}"' in shop["diff"]
    assert (told["snippets"]["changed"], told["snippets"]["diff"]) == (False, "")


def test_errors_are_json_as_well(project: Path) -> None:
    (project / CATALOG).write_bytes(b"")
    result = update("--format", "json")
    assert result.exit_code == 1
    assert [found["code"] for found in json.loads(result.stdout)["findings"]] == ["catalog-empty"]
    (project / RECORD).write_text("id: [", "utf-8")
    result = update("--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["findings"][0]["path"] == RECORD
    assert (data["templates"], data["locales"]) == ([], {})


def test_a_declared_record_keeps_what_fits_and_the_rest_is_named(project: Path) -> None:
    change(project)
    change(project, "holds: Who refused it.", "holds: Who did not refuse it.")
    result = update("--unfuzzy", "ShopService/100")
    assert result.exit_code == 0
    assert f'  kept: "{SOURCE}" is now "{TYPO}"' in result.output
    assert "#, fuzzy\n#| msgid" not in entry(project, TYPO)
    assert 'msgstr "Wählen Sie:"' in entry(project, TYPO)
    change(project, TYPO, "Chose 7:")
    for output in (update("--unfuzzy", "ShopService/100").output, update("--unfuzzy", "ShopService/100").output):
        assert 'to review, because a number has changed: "Chose:" is now "Chose 7:"' in output
    assert f"{CATALOG} stays as it is" in output


def test_a_declared_commit_keeps_what_fits(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")

    def git(*arguments: str) -> None:
        own = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
        subprocess.run(["git", *own, *arguments], cwd=project, check=True, capture_output=True)

    git("init", "-q")
    git("add", "content")
    git("commit", "-q", "-m", "Begin")
    change(project)
    git("commit", "-q", "-a", "-m", "Correct a typo")
    result = update("--unfuzzy-commit", "HEAD")
    assert f'  kept: "{SOURCE}" is now "{TYPO}"' in result.output
    assert "fuzzy" not in entry(project, TYPO)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unfuzzy", "ShopServise/100"), "there is no record `ShopServise/100`; did you mean `ShopService/100`?"),
        (("--unfuzzy", "?"), "write the event's source and ID"),
        (("--unfuzzy-commit", "no-such-commit"), "--unfuzzy-commit"),
    ],
)
def test_what_cannot_be_declared_is_told_before_anything_is_written(
    project: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    change(project)
    before = files(project)
    result = update(*arguments)
    assert result.exception is not None
    assert said in result.exception.format_message()  # type: ignore[attr-defined]
    assert files(project) == before


def test_the_workbenchs_address_is_the_projects(project: Path) -> None:
    configuration = project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    assert "http://127.0.0.1:8650/unit/" in entry(project, SOURCE)
    for url, expected in (("https://kb.example.com/t", "#. https://kb.example.com/t/unit/"), ("''", "")):
        configuration.write_text(text.replace("  - kb-gen:\n", f"  - kb-gen:\n      workbench_url: {url}\n"), "utf-8")
        assert update("--memory", "none").exit_code == 0
        assert expected in entry(project, SOURCE)
    assert "/unit/" not in entry(project, SOURCE)
    assert update("--locale", "fr", "--memory", "none").exit_code == 0
    assert b"/unit/" not in (project / "translations/fr/LC_MESSAGES/ui.po").read_bytes()
