"""The workbench over the wire: what it saves, what it does when others write the same file, and whom it refuses."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import run_kb_gen, started_kb_gen
from running_workbench import RunningWorkbench, workbench
from site_trees import copy_sample

CATALOG = "translations/de/LC_MESSAGES/shopservice.po"
REFUSED = "The order %1 was *refused*."
NUMBER = "order number"
ARTICLE = "/page/de/shopservice/100/index.html"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[RunningWorkbench]:
    """A workbench of a copy of the sample project, free to be written into."""
    with workbench(copy_sample(tmp_path)) as running:
        running.until_ready()
        yield running


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkbench]:
    """A workbench that is only looked at."""
    with workbench(copy_sample(tmp_path_factory.mktemp("workbench"))) as running:
        running.until_ready()
        yield running


def _catalog(bench: RunningWorkbench) -> str:
    return (bench.project / CATALOG).read_text(encoding="utf-8")


def test_a_saved_translation_changes_its_entry_and_no_other_byte(bench: RunningWorkbench) -> None:
    before = _catalog(bench)
    saved = bench.save(bench.unit(NUMBER), "Auftragsnummer", comments="Wie im Katalog.")
    assert saved["outcome"] == "saved"
    changed = before.replace(
        'msgid "order number"\nmsgstr "Bestellnummer"',
        '# Wie im Katalog.\nmsgid "order number"\nmsgstr "Auftragsnummer"',
    )
    assert changed != before
    assert _catalog(bench) == changed
    assert "Auftragsnummer" in bench.request("GET", ARTICLE)[2]
    assert bench.unit(NUMBER)["entry"] == {"msgstr": ["Auftragsnummer"], "fuzzy": False, "comments": "Wie im Katalog."}


def test_a_catalog_of_windows_keeps_its_line_ends_and_loses_its_byte_order_mark(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    file = project / CATALOG
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    with workbench(project) as bench:
        bench.until_ready()
        assert bench.save(bench.unit(NUMBER), "Auftragsnummer")["outcome"] == "saved"
    assert file.read_bytes() == text.replace("Bestellnummer", "Auftragsnummer").encode()


def test_a_translator_is_named_in_the_header_once_a_session(tmp_path: Path) -> None:
    with workbench(copy_sample(tmp_path), "--translator", "Lee Rossi <lee@example.com>") as bench:
        bench.until_ready()
        bench.save(bench.unit(NUMBER), "Eins")
        first = _catalog(bench)
        assert '"Last-Translator: Lee Rossi <lee@example.com>\\n"' in first
        assert '"PO-Revision-Date: ' in first
        bench.save(bench.unit(NUMBER), "Zwei")
        assert _catalog(bench) == first.replace("Eins", "Zwei")


def test_a_save_on_what_somebody_else_has_changed_is_a_conflict(bench: RunningWorkbench) -> None:
    unit = bench.unit(NUMBER)
    assert bench.save(unit, "Meine")["outcome"] == "saved"
    late = bench.save(unit, "Deine")
    assert late["outcome"] == "conflict"
    assert late["entry"]["msgstr"] == ["Meine"]
    assert 'msgstr "Meine"' in _catalog(bench)
    # Whoever has seen it may go on.
    assert bench.save(unit, "Deine", before=late["entry"])["outcome"] == "saved"


def test_a_translation_with_an_error_is_kept_but_waits_for_review(bench: RunningWorkbench) -> None:
    saved = bench.save(bench.unit(REFUSED), "Die Bestellung wurde *abgelehnt*.")
    assert saved["outcome"] == "saved"
    assert saved["entry"]["fuzzy"]
    assert '#, fuzzy, qt-format\nmsgid "The order %1 was *refused*."' in _catalog(bench)
    subprocess.run(["msgfmt", "-c", "-o", os.devnull, str(bench.project / CATALOG)], check=True)
    mended = bench.save(bench.unit(REFUSED), "Die Bestellung %1 wurde *zurückgewiesen*.")
    assert not mended["entry"]["fuzzy"]


def test_an_older_state_written_over_a_saved_one_is_noticed_and_mended(bench: RunningWorkbench) -> None:
    older = _catalog(bench)
    bench.save(bench.unit(NUMBER), "Auftragsnummer")
    # As an editor does that had the file open and changed something else in it.
    (bench.project / CATALOG).write_text(older.replace("Rufen Sie an.", "Bitte rufen Sie an."), encoding="utf-8")
    bench.until(lambda home: home["returned"] == 1)
    assert 'msgstr "Auftragsnummer"' in _catalog(bench)
    assert "Bitte rufen Sie an." in _catalog(bench)


def test_a_third_text_is_shown_beside_what_was_saved_and_stays_until_somebody_decides(bench: RunningWorkbench) -> None:
    older = _catalog(bench)
    bench.save(bench.unit(NUMBER), "Meine")
    (bench.project / CATALOG).write_text(older.replace("Bestellnummer", "Deine"), encoding="utf-8")
    home = bench.until(lambda home: home["conflicts"])
    unit = bench.unit(NUMBER)
    assert home["conflicts"] == [unit["id"]]
    assert unit["conflict"]["msgstr"] == ["Meine"]
    assert unit["entry"]["msgstr"] == ["Deine"]
    assert 'msgstr "Deine"' in _catalog(bench)
    bench.post("settle", {"unit": unit["id"]})
    assert bench.get("home")["conflicts"] == []
    assert bench.unit(NUMBER)["conflict"] is None


def test_a_file_that_is_being_written_is_not_taken_for_the_truth(bench: RunningWorkbench) -> None:
    bench.save(bench.unit("Call."), "Rufen Sie bitte an.")
    whole = _catalog(bench)
    # Cut where an entry ends: what is left is a catalog without a fault.
    cut = whole.index('msgid "The number, as in')
    file = bench.project / CATALOG
    with file.open("w", encoding="utf-8") as editor:
        editor.write(whole[:cut])
        editor.flush()
        time.sleep(3.0)  # longer than the longest time in which a file has to rest
        unit = {"id": bench.get("units?q=order+number")["rows"][0]["id"]}
        editor.write(whole[cut:])
    saved = bench.save(unit, "Auftragsnummer", before={"msgstr": ["Bestellnummer"], "fuzzy": False, "comments": ""})
    assert saved["outcome"] == "saved"
    assert _catalog(bench) == whole.replace("Bestellnummer", "Auftragsnummer")


def test_what_was_saved_is_put_back_after_a_kill(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    with workbench(project) as bench:
        bench.until_ready()
        older = _catalog(bench)
        bench.save(bench.unit(NUMBER), "Auftragsnummer")
        bench.kill()
    (project / CATALOG).write_text(older, encoding="utf-8")
    with workbench(project) as bench:
        assert bench.until_ready()["returned"] == 1
        assert bench.process.stdout is not None
        assert "had lost. Translations: 1" in bench.process.stdout.readline()
        assert _catalog(bench) == older.replace("Bestellnummer", "Auftragsnummer")
    # A session that has ended properly leaves nothing behind, so that later ones don't undo what git does.
    (project / CATALOG).write_text(older, encoding="utf-8")
    with workbench(project) as bench:
        assert bench.until_ready()["returned"] == 0
    assert _catalog(bench) == older


def test_what_git_takes_back_is_not_put_back_but_shown(bench: RunningWorkbench) -> None:
    def git(*words: str) -> None:
        own = ("-c", "user.name=Lee", "-c", "user.email=lee@example.com")
        subprocess.run(["git", *own, *words], cwd=bench.project, check=True, capture_output=True)

    git("init")
    git("add", "translations")
    git("commit", "-m", "Begin")
    older = _catalog(bench)
    bench.save(bench.unit(NUMBER), "Auftragsnummer")
    saved = _catalog(bench)
    git("stash")
    home = bench.until(lambda home: home["conflicts"])
    assert home["returned"] == 0
    assert _catalog(bench) == older
    assert bench.unit(NUMBER)["conflict"]["msgstr"] == ["Auftragsnummer"]
    git("stash", "pop")
    bench.until(lambda home: not home["conflicts"])
    assert _catalog(bench) == saved


def test_a_catalog_may_go_and_come_back(bench: RunningWorkbench) -> None:
    bench.save(bench.unit(NUMBER), "Auftragsnummer")
    text = _catalog(bench)
    folder = (bench.project / CATALOG).parent
    away = folder.rename(bench.project / "away")
    bench.until(lambda home: home["counts"]["translated"] == 0)
    assert bench.unit(NUMBER)["entry"] is None
    away.rename(folder)
    bench.until(lambda home: home["counts"]["translated"] > 0)
    assert bench.unit(NUMBER)["entry"]["msgstr"] == ["Auftragsnummer"]
    assert _catalog(bench) == text


def test_a_text_with_a_plural_has_a_field_for_each_form(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    catalog = project / "translations/de/LC_MESSAGES/ui.po"
    header = (project / CATALOG).read_text(encoding="utf-8").partition("\n\n")[0]
    entry = 'msgid "{count} event"\nmsgid_plural "{count} events"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    catalog.write_text(f"{header}\n\n{entry}", encoding="utf-8")
    with workbench(project) as bench:
        bench.until_ready()
        unit = bench.unit("{count} event")
        assert unit["forms"] == [
            {"source": "{count} event", "numbers": "1"},
            {"source": "{count} events", "numbers": "0, 2, 3, 4 …"},
        ]
        assert unit["inserts"] == ["{count}"]
        assert bench.save(unit, "{count} Ereignis", "{count} Ereignisse")["state"] == "translated"
        assert bench.save(bench.unit("{count} event"), "nur eine")["outcome"] == "unfitting"
    assert 'msgstr[1] "{count} Ereignisse"' in catalog.read_text(encoding="utf-8")


def test_nothing_is_written_into_a_catalog_that_cannot_be_read(bench: RunningWorkbench) -> None:
    unit = bench.unit(NUMBER)
    broken = _catalog(bench).replace('msgid "Call."', '<<<<<<< HEAD\nmsgid "Call."')
    (bench.project / CATALOG).write_text(broken, encoding="utf-8")
    saved = bench.save(unit, "Auftragsnummer")
    assert saved["outcome"] == "not written"
    assert "error[catalog-merge-conflict]" in saved["problem"]
    assert f"--> {CATALOG}:" in saved["problem"]
    assert _catalog(bench) == broken
    assert bench.get("home")["broken"][0].startswith(f"{CATALOG}:")
    assert "merge conflict" in bench.unit(NUMBER)["problem"]


def test_units_are_in_the_order_of_the_page_and_know_how_they_stand(looked_at: RunningWorkbench) -> None:
    units = looked_at.get("articles/shopservice/100")["units"]
    states = {row["source"]: row["state"] for row in units}
    assert states[REFUSED] == "translated"
    assert states["Ask the %2:"] == "review"
    # A message without a translation is none that is missing.
    assert {row["state"] for row in units if row["kind"] == "message"} == {"translated", "optional"}
    page = looked_at.request("GET", ARTICLE)[2]
    places = [page.index(f'data-unit="{row["id"]}"') for row in units if f'data-unit="{row["id"]}"' in page]
    assert len(places) > 5
    assert places == sorted(places)
    # Of units that no catalog has, somebody has to tell.
    assert looked_at.get("home")["counts"]["absent"] > 0


def test_a_draft_is_on_the_page_with_what_checks_find_in_it(looked_at: RunningWorkbench) -> None:
    unit = looked_at.unit(REFUSED)
    text = "Der Auftrag wurde *abgelehnt*."
    asked = {"article": "shopservice/100", "unit": unit["id"], "msgstr": [text], "drafts": {unit["id"]: text}}
    draft = looked_at.post("draft", asked)
    assert "Der Auftrag wurde <em>abgelehnt</em>." in draft["html"]
    assert [found["code"] for found in draft["findings"]] == ["translation-insertions"]
    assert "Der Auftrag" not in looked_at.request("GET", ARTICLE)[2]
    markup = {**asked, "drafts": {unit["id"]: "<script>alert(1)</script> %1"}}
    assert "<script>alert(1)" not in looked_at.post("draft", markup)["html"]


def test_finding_texts_by_words_and_states(looked_at: RunningWorkbench) -> None:
    assert [row["source"] for row in looked_at.get("units?q=bestellnummer")["rows"]] == [NUMBER]
    assert [row["source"] for row in looked_at.get("units?state=review")["rows"]] == ["Ask the %2:"]
    assert looked_at.get("units?q=fragen+sie")["total"] == 1
    assert [row["address"] for row in looked_at.get("articles?q=refused")["rows"]] == ["shopservice/100"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Host": "evil.example"},
    ],
    ids=lambda headers: next(iter(headers.items()))[1],
)
def test_pages_of_other_origins_can_neither_read_nor_write(
    looked_at: RunningWorkbench, headers: dict[str, str]
) -> None:
    unit = looked_at.unit(NUMBER)
    asked = {"unit": unit["id"], "entry": {**unit["entry"], "msgstr": ["X"]}, "before": unit["entry"]}
    assert looked_at.request("POST", "/api/save", asked, headers)[0] in (403, 421)
    if "Content-Type" not in headers:
        assert looked_at.request("GET", "/api/units", None, headers)[0] in (403, 421)
    assert looked_at.unit(NUMBER) == unit


def test_a_catalogs_link_may_be_followed_from_another_page(looked_at: RunningWorkbench) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    path = f"/unit/{looked_at.unit(NUMBER)['id']}"
    assert looked_at.request("GET", path, None, followed)[0] == 200
    assert looked_at.request("GET", path, None, {**followed, "Sec-Fetch-Dest": "iframe"})[0] == 403


def test_nothing_runs_on_the_page_and_nothing_is_asked_of_others(looked_at: RunningWorkbench) -> None:
    policy = looked_at.request("GET", ARTICLE)[1]["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script-src" not in policy
    own = looked_at.request("GET", "/")[1]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in own["content-security-policy"]
    assert "unsafe" not in own["content-security-policy"]
    assert own["x-content-type-options"] == "nosniff"
    assert looked_at.request("GET", "/page/../../../etc/passwd")[0] == 404
    assert looked_at.request("GET", "/files/..%2f..%2fbench.py")[0] == 404


def test_what_is_not_there_and_what_makes_no_sense_is_said(looked_at: RunningWorkbench) -> None:
    status, _, text = looked_at.request("GET", "/api/units/abc")
    assert (status, json.loads(text)) == (404, {"problem": "there is no abc in this project"})
    assert looked_at.request("POST", "/api/save", {"unit": 7})[0] == 400
    assert looked_at.request("POST", "/api/save", {"unit": "x" * 2_000_000})[0] == 413


def test_whoever_has_no_token_is_refused(tmp_path: Path) -> None:
    token = "a-token-of-24-characters"
    with workbench(copy_sample(tmp_path), "--token", token) as bench:
        bench.url = bench.url.partition("?")[0]
        assert bench.request("GET", "/")[0] == 401
        assert bench.request("GET", "/?token=wrong")[0] == 401
        assert bench.request("GET", "/", None, {"Authorization": "Bearer wrong"})[0] == 401
        status, headers, _ = bench.request("GET", f"/unit/abc?token={token}&x=1")
        assert (status, headers["location"]) == (303, "/unit/abc?x=1")
        cookie = headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert bench.request("GET", "/", None, {"Cookie": cookie.partition(";")[0]})[0] == 200
        assert bench.request("GET", "/", None, {"Authorization": f"Bearer {token}"})[0] == 200


def _refused(project: Path, *options: str) -> str:
    # In a process of its own, as it runs an event loop, and browser tests in this one may run another.
    done = started_kb_gen(project, "translate", "--port", "0", *options)
    assert done.returncode == 2, done.stdout
    return done.stderr


def test_wrong_usage_is_said_in_a_line(tmp_path: Path, looked_at: RunningWorkbench) -> None:
    project = copy_sample(tmp_path)
    assert "it has: en, de" in _refused(project, "--locale", "fr")
    assert "the records are written in en" in _refused(project, "--locale", "en")
    assert "16 or more" in _refused(project, "--locale", "de", "--token", "short")
    assert "Lee Rossi <lee@example.com>" in _refused(project, "--locale", "de", "--translator", "Lee")
    assert "it speaks: en, de" in _refused(project, "--locale", "de", "--ui-language", "xx")
    assert "open in this project already" in _refused(looked_at.project, "--locale", "de")


def test_another_machine_needs_a_token(tmp_path: Path) -> None:
    with workbench(copy_sample(tmp_path), "--host", "0.0.0.0") as bench:
        assert "?token=" in bench.url
        assert bench.request("GET", "/api/home")[0] == 401


def test_a_proxy_may_stand_before_a_workbench_with_a_token(tmp_path: Path) -> None:
    project, token = copy_sample(tmp_path), "a-token-of-24-characters"
    settings = project / "mkdocs.yml"
    told = "  - kb-gen:\n      workbench_url: https://translate.example.com/\n"
    settings.write_text(settings.read_text("utf-8").replace("  - kb-gen:\n", told), encoding="utf-8")
    own = {
        "Authorization": f"Bearer {token}",
        "Origin": "https://translate.example.com",
        "Sec-Fetch-Site": "same-origin",
    }
    with workbench(project, "--token", token) as bench:
        bench.url = bench.url.partition("?")[0]
        for host in ({"Host": "translate.example.com"}, {}, {"Host": socket.gethostname()}):
            # 503 while the project is being read.
            assert bench.request("POST", "/api/settle", {"unit": "abc"}, {**own, **host})[0] in (404, 503)
        assert bench.request("GET", "/api/home", None, {**own, "Host": "evil.example.com"})[0] == 421
        assert bench.request("GET", "/api/home", None, {**own, "Origin": "https://evil.example.com"})[0] == 403
    with workbench(project) as bench:
        assert bench.request("GET", "/api/home", None, {"Host": "translate.example.com"})[0] == 421


def test_a_region_stands_as_status_says_where_its_language_serves(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("[en, de", "[en, de, de-AT"), encoding="utf-8")
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    told = json.loads(run_kb_gen(project, "i18n", "status", "--locale", "de-AT", "--format", "json").stdout)
    told = told["de-AT"]["domains"]
    own = (project / CATALOG.replace("/de/", "/de_AT/")).read_text(encoding="utf-8")
    assert "Bestellnummer" not in own
    with workbench(project, "--locale", "de-AT") as running:
        running.until_ready()
        rows = {row["source"]: row for row in running.get("units")["rows"]}
        assert (rows[NUMBER]["state"], rows[NUMBER]["translation"]) == ("translated", "Bestellnummer")
        assert running.unit(NUMBER)["entry"]["msgstr"] == [""]
        assert [row["source"] for row in running.get("units?q=bestellnummer")["rows"]] == [NUMBER]
        for domain, counts in told.items():
            found = running.get(f"units?domain={domain}&state=review")
            if domain != "ui":
                assert found["total"] == counts["fuzzy"], domain
                assert running.get(f"units?domain={domain}&state=untranslated")["total"] == counts["missing"], domain
        assert running.save(running.unit(NUMBER), "Bestellzahl")["outcome"] == "saved"
        assert running.unit(NUMBER)["entry"]["msgstr"] == ["Bestellzahl"]
