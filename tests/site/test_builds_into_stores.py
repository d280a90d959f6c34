"""`kb-gen build --output`, into a bucket of an S3 server on this machine, and into folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from buckets import Bucket
from click.testing import CliRunner, Result
from site_trees import copy_sample, replaced, site_files

from kb_gen.cli.build import command
from kb_gen.site.build import build_site
from kb_gen.site.fulltext import MissingPagefindError, pagefind_program
from kb_gen.site.outputs import MARKER, Disk, OutputError, output_for
from kb_gen.site.plugin import read_settings

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

ARTICLE = "content/shop/shopservice/100.yml"
PAGES = [f"{tag}/shopservice/100/index.html" for tag in ("de", "en")]
DATA = [f"api/v1/{tag}/shopservice/100.json" for tag in ("de", "en")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_sample(tmp_path)


def _command(project: Path, *arguments: str) -> Result:
    options = ["--config-file", str(project / "mkdocs.yml"), "--jobs", "2", *arguments]
    return CliRunner().invoke(command, options, standalone_mode=False)


def _build(project: Path, *arguments: str) -> str:
    """What a build that succeeds says of itself."""
    result = _command(project, *arguments)
    assert result.return_value == 0, result.exception
    return result.output


def _fresh(project: Path, folder: Path, *arguments: str) -> dict[str, bytes]:
    """The site as a folder gets it that was empty, made with nothing kept; without the marker."""
    copy = Path(shutil.copytree(project, folder / "copy", ignore=shutil.ignore_patterns(".kb-gen")))
    _build(copy, "--output", str(folder / "fresh"), *arguments)
    return {url: content for url, content in site_files(folder / "fresh").items() if url != MARKER}


@pytest.mark.parametrize("search", ["material", "pagefind"])
def test_a_bucket_gets_what_a_folder_gets_and_then_only_what_changes(
    project: Path, bucket: Bucket, tmp_path: Path, search: str
) -> None:
    if search == "pagefind":
        try:
            pagefind_program()
        except MissingPagefindError as reason:
            pytest.skip(str(reason))
    options = ("--output", bucket.address, "--search", search)
    assert f"into {bucket.address}: " in _build(project, *options)
    before = bucket.files()
    assert before == _fresh(project, tmp_path, "--search", search)

    bucket.asked()
    assert ", 0 changed, 0 removed" in _build(project, *options)
    # Each part of the full-text index tells what it was made from; the site here has one for each locale.
    assert bucket.asked() == {"GET": 3 if search == "pagefind" else 1}

    replaced(ARTICLE, "severity: error", "severity: warning")(project)
    _build(project, *options)
    written, removed = bucket.changes()
    after = bucket.files()
    assert set(written) == {url for url, content in after.items() if before.get(url) != content}
    assert {*PAGES, *DATA} <= set(written)
    assert set(removed) >= before.keys() - after.keys()
    shutil.rmtree(tmp_path / "fresh")
    shutil.rmtree(tmp_path / "copy")
    assert after == _fresh(project, tmp_path, "--search", search)


def test_what_is_made_from_a_deleted_record_is_removed(project: Path, bucket: Bucket) -> None:
    record = project / "content/shop/shopservice/555.yml"
    record.write_text("id: 555\nsource: ShopService\nproduct: shop\n", encoding="utf-8")
    _build(project, "--output", bucket.address)
    record.unlink()
    bucket.changes()
    assert ", 4 removed" in _build(project, "--output", bucket.address)
    assert bucket.changes()[1] == [url.replace("100", "555") for url in sorted([*PAGES, *DATA])]


class _Killed(BaseException):
    pass


class _Killer:
    """Ends a build when it comes to a stage."""

    def __init__(self, stage: str) -> None:
        self._stage = stage

    def stage(self, name: str, total: int) -> None:
        if name == self._stage:
            raise _Killed

    def advance(self, count: int) -> None:
        pass


@pytest.mark.parametrize("stage", ["Writing lists and the theme's files", "Removing what is gone"])
def test_the_build_after_one_that_was_killed_mends_the_site(project: Path, bucket: Bucket, stage: str) -> None:
    settings = read_settings(project / "mkdocs.yml")
    _build(project, "--output", bucket.address)
    before = bucket.files()
    replaced(ARTICLE, "severity: error", "severity: warning")(project)
    with pytest.raises(_Killed):
        build_site(settings, output_for(bucket.address), jobs=1, progress=_Killer(stage))
    assert bucket.files() != before
    # What the note said before the killed build is true of the records, and not of the bucket.
    replaced(ARTICLE, "severity: warning", "severity: error")(project)
    bucket.changes()
    _build(project, "--output", bucket.address)
    assert set(bucket.changes()[0]) >= {*PAGES, *DATA}
    assert bucket.files() == before


def test_what_is_kept_of_one_output_is_not_believed_of_another(project: Path, bucket: Bucket, tmp_path: Path) -> None:
    outputs = [str(tmp_path / "one"), bucket.address, (tmp_path / "t w o").as_uri(), f"s3://{bucket.name}/else"]
    for output in outputs:
        _build(project, "--output", output)
    assert site_files(tmp_path / "t w o") == site_files(tmp_path / "one")
    replaced(ARTICLE, "severity: error", "severity: warning")(project)
    for output in outputs:
        assert ", 0 removed" in _build(project, "--output", output)
    expected = {url: content for url, content in site_files(tmp_path / "one").items() if url != MARKER}
    assert b"warning" in expected[DATA[0]]
    files = bucket.files()
    assert {url: files[url] for url in expected} == expected
    assert {url: files[f"else/{url}"] for url in expected} == expected


def test_a_place_of_others_is_refused_or_taken_over(project: Path, bucket: Bucket) -> None:
    bucket.put("precious.txt", b"mine")
    refused = _command(project, "--output", bucket.address)
    assert type(refused.exception).__name__ == "UsageError"
    assert f"{bucket.address} is not empty and was not made by kb-gen" in str(refused.exception)
    assert bucket.files() == {"precious.txt": b"mine"}
    assert ", 1 removed" in _build(project, "--output", bucket.address, "--force")
    assert "precious.txt" not in bucket.files()


def test_a_refused_page_ends_the_build_with_its_name(project: Path, bucket: Bucket) -> None:
    bucket.server.refused = PAGES[0]
    result = _command(project, "--output", bucket.address)
    assert type(result.exception).__name__ == "ClickException"
    assert f"{bucket.address}: writing {PAGES[0]}: the credentials are wrong or don't allow it" in str(result.exception)
    bucket.server.refused = ""
    _build(project, "--output", bucket.address)
    assert set(PAGES) <= bucket.files().keys()


def _run(project: Path, *arguments: str) -> str:
    """The last line of what a command says that can't do its work."""
    program = [sys.executable, "-c", "from kb_gen.cli import main; main()", "build", *arguments]
    result = subprocess.run(program, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert not result.stdout
    return result.stderr.splitlines()[-1]


def test_what_keeps_a_store_from_being_used_is_told_in_a_line(
    project: Path, s3: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "there is no such bucket" in _run(project, "--output", "s3://nobodys/kb")
    assert "Protocol not known: gopher" in _run(project, "--output", "gopher://example.com/kb")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    assert "no credentials were found" in _run(project, "--output", "s3://nobodys/kb")


def test_a_site_goes_to_one_place(project: Path) -> None:
    assert "give one of them" in _run(project, "--output", "s3://bucket/kb", "--site-dir", "site")


def test_a_file_address_names_a_folder_of_this_machine(tmp_path: Path) -> None:
    assert isinstance(output_for("file://localhost/srv/site"), Disk)
    with pytest.raises(OutputError, match="has three slashes"):
        output_for("file://site/kb")
