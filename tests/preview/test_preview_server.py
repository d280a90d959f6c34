"""A preview over the wire: what it serves, what it says of changes, and whom it refuses."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from running_preview import PATIENCE, RunningPreview, running
from site_trees import copy_sample

from kb_gen.diagnostics import Severity
from kb_gen.preview import PortError, listen
from kb_gen.site.kept_settings import project_settings

RECORD = "content/shop/shopservice/100.yml"
PAGE = "/en/shopservice/100/"
"""Of the sample's article."""


def test_an_edit_changes_the_page_and_is_told(built: RunningPreview) -> None:
    with built.events() as events:
        first = next(events)
        assert first["problems"] == []
        assert f'data-version="{first["version"]}"' in built.get(PAGE)[2]
        built.edit(RECORD, "was *refused*", "was turned down")
        second = next(events)
        assert second["version"] != first["version"]
        page = built.get(PAGE)[2]
        assert "was turned down" in page
        assert f'data-version="{second["version"]}"' in page


def test_an_error_is_told_and_the_last_good_page_stays(built: RunningPreview) -> None:
    with built.events() as events:
        good = next(events)
        built.edit(RECORD, "symbolic_name: ORDER_REFUSED", "symbol: ORDER_REFUSED")
        broken = next(events)
        assert broken["version"] == good["version"]
        text = "\n".join(problem["text"] for problem in broken["problems"])
        assert text.startswith("error[unknown-field]")
        assert f"--> {RECORD}:5:1" in text
        assert "^^^^^^" in text
        assert "= help: " in text
        assert "ORDER_REFUSED" in built.get(PAGE)[2]
        built.edit(RECORD, "symbol: ORDER_REFUSED", "symbolic_name: ORDER_REFUSED")
        assert next(events)["problems"] == []


def test_a_changed_catalog_changes_the_page(built: RunningPreview) -> None:
    built.edit("translations/de/LC_MESSAGES/shopservice.po", "Die Bestellung", "Der Auftrag")
    report = built.report()
    assert report.built
    assert "Der Auftrag" in built.get("/de/shopservice/100/")[2]


def test_a_broken_configuration_is_a_problem_that_can_be_mended(built: RunningPreview) -> None:
    built.edit("mkdocs.yml", "locales: [en, de]", "locales: 7")
    report = built.report()
    assert not report.built
    assert "locales" in report.problems()[0].text
    built.edit("mkdocs.yml", "locales: 7", "locales: [en]")
    assert built.report().built
    assert built.get("/de/shopservice/100/")[0] == 404
    assert built.get(PAGE)[0] == 200


def test_a_page_that_is_not_utf8_is_a_problem_that_can_be_mended(built: RunningPreview) -> None:
    page = built.project / "content/pages/en/help.md"
    page.parent.mkdir(parents=True)
    page.write_bytes("# Help\n\nDéjà vu\n".encode("cp1252"))
    report = built.report()
    assert not report.built
    assert [finding.code for finding in report.diagnostics if finding.severity is Severity.ERROR] == ["wrong-encoding"]
    page.write_text("# Help\n\nDéjà vu\n", encoding="utf-8")
    assert built.report().built
    assert "Déjà vu" in built.get("/en/help/")[2]


@pytest.mark.parametrize("config_file", [Path("mkdocs.yml"), Path("../project/mkdocs.yml"), None])
def test_a_changed_template_changes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config_file: Path | None
) -> None:
    project = copy_sample(tmp_path)
    monkeypatch.chdir(project)
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  name: material", "  name: material\n  custom_dir: overrides"),
        encoding="utf-8",
    )
    template = project / "overrides/main.html"
    template.parent.mkdir()
    template.write_text('{% extends "base.html" %}{% block announce %}One{% endblock %}', encoding="utf-8")
    project_settings(config_file or config)  # what is kept of this is what the preview goes by
    with running(project, config_file) as preview:
        assert preview.report().built
        preview.edit("overrides/main.html", "One", "Another")
        assert preview.report().built
        assert "Another" in preview.get(PAGE)[2]
        preview.edit("overrides/main.html", "{% endblock %}", "{% endblok %}")
        assert "main.html:1" in preview.report().problems()[0].text
        preview.edit("overrides/main.html", "{% endblok %}", "{% endblock %}")
        assert preview.report().built


def test_a_new_record_and_a_removed_one(built: RunningPreview) -> None:
    record = built.project / "content/shop/shopprint/8.yml"
    text = (built.project / "content/shop/shopprint/7.yml").read_text(encoding="utf-8")
    record.write_text(text.replace("7", "8", 1), encoding="utf-8")
    assert built.report().built
    assert built.get("/en/shopprint/8/")[0] == 200
    record.unlink()
    assert built.report().built
    assert built.get("/en/shopprint/8/")[0] == 404


def test_a_first_build_that_fails_is_shown_until_it_is_mended(preview_of_broken: RunningPreview) -> None:
    preview = preview_of_broken
    assert not preview.report().built
    status, headers, page = preview.get(PAGE)
    assert status == 503
    assert "There is no site yet" in page
    assert "error[unknown-field]" in page
    assert headers["content-security-policy"] == "default-src 'self'"
    preview.edit(RECORD, "symbol: <b>", "symbolic_name: ORDER_REFUSED #")
    assert preview.report().built
    assert preview.get(PAGE)[0] == 200


@pytest.fixture
def preview_of_broken(tmp_path: Path) -> Iterator[RunningPreview]:
    project = copy_sample(tmp_path)
    file = project / RECORD
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("symbolic_name: ORDER_REFUSED", "symbol: <b>"), encoding="utf-8")
    with running(project) as preview:
        yield preview


def test_pages_come_with_the_sites_headers_and_are_not_stored(served: RunningPreview) -> None:
    status, headers, page = served.get(PAGE)
    assert status == 200
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert page.count("/_kb-gen/live.js") == 1
    for file in ("live.js", "live.css"):
        assert served.get(f"/_kb-gen/{file}")[0] == 200


def test_what_is_not_there_is_answered_with_the_sites_own_page(served: RunningPreview) -> None:
    status, _, page = served.get("/en/nowhere/")
    assert status == 404
    assert "kb-not-found" in page


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8000", "127.0.0.1.evil.example", "a b", ""])
def test_other_hosts_are_refused(served: RunningPreview, host: str) -> None:
    place = urlsplit(served.url)
    connection = http.client.HTTPConnection("127.0.0.1", place.port or 0, timeout=PATIENCE)
    connection.putrequest("GET", PAGE, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status in {400, 421}
    connection.close()


@pytest.mark.parametrize("host", ["localhost", "localhost:1234", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_the_own_host_is_served(served: RunningPreview, host: str) -> None:
    assert served.get(PAGE, host)[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/../mkdocs.yml", "/en/../../mkdocs.yml", "/%2e%2e/%2e%2e/etc/passwd", "/..%2fmkdocs.yml", "//etc/passwd", "/%00"],
)
def test_nothing_outside_the_site_is_served(served: RunningPreview, path: str) -> None:
    assert served.get(path)[0] == 404


def test_a_site_for_a_subpath_is_served_under_it(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    config = project / "mkdocs.yml"
    config.write_text(f"site_url: https://kb.example.com/events/\n{config.read_text(encoding='utf-8')}")
    with running(project) as preview:
        assert preview.report().built
        assert preview.url.endswith("/events/")
        assert preview.get(f"/events{PAGE}")[0] == 200
        status, headers, _ = preview.get("/")
        assert (status, headers["location"]) == (307, "/events/")
        assert preview.get(PAGE)[0] == 404


def test_a_taken_port_is_said_in_a_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=rf"port {port} of 127\.0\.0\.1 can't be used"):
            listen("127.0.0.1", port)


def test_an_unknown_host_is_said_in_a_line() -> None:
    with pytest.raises(PortError, match="no address"):
        listen("no host has this name.invalid", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="consoles there send no signals to single processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    project = copy_sample(tmp_path)
    (tmp_path / "temporary").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "import kb_gen.cli; kb_gen.cli.main()", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Serving http://127.0.0.1:")
        assert any("renewed" in line for line in process.stdout)
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert list((tmp_path / "temporary").iterdir()) == []
