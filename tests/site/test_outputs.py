"""Publishing a site: to a folder, to memory, and to an S3 server on this machine that counts what it is asked."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from buckets import Bucket

from kb_gen.site.outputs import (
    MARKER,
    Disk,
    ForeignFolderError,
    Output,
    OutputError,
    Published,
    Stamp,
    Store,
    output_for,
)
from kb_gen.site.outputs.manifest import manifest_bytes
from kb_gen.site.outputs.media_types import media_type
from kb_gen.site.processes import can_fork

SITE: dict[str, bytes] = {
    "index.html": b"<!doctype html>",
    "en/shopservice/100/index.html": b"<!doctype html><title>100</title>",
    "en/assets/Gerät [1] + 50%.svg": b"<svg/>",
    "de/übersicht?/index.html": "<p>Übersicht".encode(),
    "api/v1/events/shop/100.json": b"{}",
    "_headers": b"/*",
    "empty.txt": b"",
}


def _publish(output: Output, site: Mapping[str, bytes], replace: bool = False) -> tuple[set[str], int]:
    """Publish a whole site. Gives the URLs of the files that changed, and how many were removed."""
    output.claim(replace)
    done = {url: output.publish(url, content) for url, content in site.items()}
    output.flush()
    assert {url: published.size for url, published in done.items()} == {url: len(site[url]) for url in site}
    return {url for url, published in done.items() if published.changed}, output.withdraw(done)


# Every output


@pytest.fixture(params=["folder", "memory", "s3"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "site")
    if request.param == "memory":
        pytest.importorskip("fsspec", reason="stores need the extra `store`")
        return f"memory://{uuid4().hex}/kb"
    found: Bucket = request.getfixturevalue("bucket")
    return found.address


def _holds(target: str, site: Mapping[str, bytes]) -> bool:
    output = output_for(target)
    output.claim(replace=True)
    urls = {*site, *SITE}
    return {url: content for url in urls if (content := output.read(url)) is not None} == dict(site)


def test_what_changed_is_written_and_what_is_gone_is_removed(target: str) -> None:
    assert _publish(output_for(target), SITE) == (set(SITE), 0)
    assert _holds(target, SITE)
    assert _publish(output_for(target), SITE) == (set(), 0)
    later = {**SITE, "index.html": b"<!doctype html>!"}
    del later["en/shopservice/100/index.html"], later["de/übersicht?/index.html"]
    assert _publish(output_for(target), later) == ({"index.html"}, 2)
    assert _holds(target, later)


def test_one_output_publishes_again_and_again(target: str) -> None:
    output = output_for(target)
    assert _publish(output, SITE) == (set(SITE), 0)
    assert _publish(output, SITE) == (set(), 0)
    assert _publish(output, {**SITE, "empty.txt": b"no more"}) == ({"empty.txt"}, 0)
    assert _holds(target, {**SITE, "empty.txt": b"no more"})


def test_the_last_content_of_a_file_stays(target: str) -> None:
    output = output_for(target)
    output.claim(replace=False)
    for number in range(20):
        last = output.publish("a.html", b"%d" % number)
    output.withdraw({"a.html": last})
    assert _holds(target, {"a.html": b"19"})


def test_single_files_are_read_and_removed(target: str) -> None:
    output = output_for(target)
    output.claim(replace=False)
    assert (output.stamp("a.json"), output.read("a.json")) == (None, None)
    published = output.publish("a.json", b"{}")
    assert (output.stamp("a.json"), output.read("a.json")) == ((2, published.mark), b"{}")
    output.remove("a.json")
    output.remove("a.json")
    assert (output.stamp("a.json"), output.read("a.json")) == (None, None)
    assert output.publish("a.json", b"{}").changed


def test_a_stamp_tells_whether_a_file_is_as_it_was_published(target: str) -> None:
    output = output_for(target)
    output.claim(replace=False)
    done = {url: output.publish(url, content) for url, content in SITE.items()}
    output.withdraw(done)
    later = output_for(target)
    later.claim(replace=False)
    assert {url: later.stamp(url) for url in SITE} == {url: (one.size, one.mark) for url, one in done.items()}
    assert [later.publish(url, content).mark for url, content in SITE.items()] == [one.mark for one in done.values()]
    assert later.publish("index.html", b"<!DOCTYPE html>\n")[::2] != done["index.html"][::2]


def test_a_file_may_come_from_disk(target: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b"<svg/>")
    output = output_for(target)
    output.claim(replace=False)
    assert output.publish("logo.svg", tmp_path / "logo.svg")[:2] == (6, True)
    assert output.publish("logo.svg", tmp_path / "logo.svg")[:2] == (6, False)


def test_files_that_were_not_published_again_stay(target: str) -> None:
    """A build that knows that a page is as it was doesn't make it; and it may have forgotten its mark."""
    _publish(output_for(target), SITE)
    output = output_for(target)
    output.claim(replace=False)
    keep = {url: Published(len(content), False, b"") for url, content in SITE.items()}
    assert output.withdraw(keep) == 0
    assert _holds(target, SITE)
    assert _publish(output_for(target), SITE) == (set(), 0)


@pytest.mark.parametrize("url", ["", "/a", "a/", "../a", "a/../../b", "a//b", ".", "a\\b", "a\0b"])
def test_nothing_is_written_outside(target: str, url: str) -> None:
    output = output_for(target)
    output.claim(replace=False)
    for act in (lambda: output.publish(url, b""), lambda: output.read(url), lambda: output.remove(url)):
        with pytest.raises(ValueError, match="not a path within the site"):
            act()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_other_processes_publish_too(target: str, tmp_path: Path) -> None:
    """Forked ones and, by pickling, those elsewhere; what they were told and gave is enough to finish the site."""
    if target.startswith("memory"):
        pytest.skip("other processes don't share this one's memory")
    output = output_for(target)
    output.claim(replace=False)
    output.publish("index.html", b"0")
    elsewhere: Output = pickle.loads(pickle.dumps(output))
    keep = {"index.html": output.publish("index.html", b"1"), "b.html": elsewhere.publish("b.html", b"b")}
    elsewhere.flush()
    with ProcessPoolExecutor(2, mp_context=get_context("fork"), initializer=_start, initargs=(output,)) as pool:
        keep |= dict(pool.map(_publish_number, range(20)))
    assert output.withdraw(keep) == 0
    site = {"index.html": b"1", "b.html": b"b", **{f"{number}.html": b"%d" % number for number in range(20)}}
    assert _publish(output_for(target), site) == (set(), 0)


class _Worker:
    output: Output


def _start(output: Output) -> None:
    _Worker.output = output


def _publish_number(number: int) -> tuple[str, Published]:
    published = _Worker.output.publish(f"{number}.html", b"%d" % number)
    _Worker.output.flush()
    return f"{number}.html", published


# Folders


def test_a_folder_is_told_from_a_store() -> None:
    assert isinstance(output_for(Path("site")), Disk)
    assert isinstance(output_for("file:///srv/my%20site"), Disk)
    assert output_for("file:///srv/my%20site").describe() == str(Path("/srv/my site"))
    assert isinstance(output_for("s3://bucket/kb"), Store)


def test_unchanged_files_of_a_folder_keep_times_and_changed_ones_their_rights(tmp_path: Path) -> None:
    _publish(Disk(tmp_path), SITE)
    (tmp_path / "index.html").chmod(0o640)
    before = (tmp_path / "_headers").stat().st_mtime_ns
    _publish(Disk(tmp_path), {**SITE, "index.html": b"new"})
    assert (tmp_path / "_headers").stat().st_mtime_ns == before
    assert stat.S_IMODE((tmp_path / "index.html").stat().st_mode) == 0o640
    assert (tmp_path / "index.html").read_bytes() == b"new"


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(Disk(tmp_path), {"index.html": b"old"})
    write = os.write

    def full(file: int, data: Any) -> int:
        if len(data) < 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data[:2])

    monkeypatch.setattr(os, "write", full)
    for url in ("index.html", "new/index.html"):
        with pytest.raises(OSError, match="No space left") as failure:
            Disk(tmp_path).publish(url, b"news")
        assert failure.value.filename == str(tmp_path / url)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {MARKER, "index.html"}
    assert (tmp_path / "index.html").read_bytes() == b"old"


def test_a_folder_of_others_is_refused_or_taken_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ForeignFolderError, match="not made by kb-gen"):
        Disk(tmp_path).claim(replace=False)
    assert _publish(Disk(tmp_path), SITE, replace=True) == (set(SITE), 1)


def test_links_in_a_folder_lead_nowhere_and_hidden_files_stay(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    _publish(Disk(site), {"index.html": b""})
    (site / "en").symlink_to(outside, target_is_directory=True)
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_bytes(b"us")
    _publish(Disk(site), SITE)
    assert list(outside.iterdir()) == []
    assert (site / ".well-known/security.txt").read_bytes() == b"us"


@pytest.mark.parametrize(
    ("old", "new"), [("data", "data/index.html"), ("data/a/b.txt", "data"), ("a/data", "a/data/b/c.txt")]
)
def test_a_file_may_become_a_folder_and_the_reverse(old: str, new: str, tmp_path: Path) -> None:
    _publish(Disk(tmp_path), {old: b"old", "index.html": b""})
    assert _publish(Disk(tmp_path), {new: b"new", "index.html": b""}) == ({new}, 1)
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()} == {
        MARKER,
        "index.html",
        new,
    }


def test_a_folder_where_a_page_was_makes_way(tmp_path: Path) -> None:
    _publish(Disk(tmp_path), SITE)
    (tmp_path / "index.html").unlink()
    (tmp_path / "index.html/deep").mkdir(parents=True)
    (tmp_path / "index.html/deep/stray").write_bytes(b"")
    assert Disk(tmp_path).read("index.html") is None
    assert _publish(Disk(tmp_path), SITE)[0] == {"index.html"}
    assert (tmp_path / "index.html").read_bytes() == SITE["index.html"]


@pytest.mark.skipif(not can_fork(), reason="only a forked process looks ahead")
def test_a_look_ahead_ends_with_whoever_asked_for_it(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number:0200}").write_bytes(b"")
    code = f"""
import os, signal
from pathlib import Path
from kb_gen.site.outputs.look import LookAhead
ahead = LookAhead(Path({str(tmp_path)!r}))
os.kill(os.getpid(), signal.SIGKILL)
"""
    # What it says goes to a pipe, which ends only when all processes that could write to it have ended.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, b"")


# S3


def test_an_unchanged_site_takes_one_request(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.asked()
    _publish(output_for(bucket.address), SITE)
    assert bucket.asked() == {"GET": 1}


def test_whoever_has_asked_what_is_there_need_not_ask_again_to_claim_it(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.asked()
    store = output_for(bucket.address)
    assert (store.found() or {}).keys() == SITE.keys()
    store.claim(replace=False)
    assert bucket.asked() == {"GET": 1}
    store.claim(replace=False)
    assert bucket.asked() == {"GET": 1}


def test_a_change_takes_the_requests_it_needs(bucket: Bucket) -> None:
    site = {f"en/{number}/index.html": b"%d" % number for number in range(100)}
    _publish(output_for(bucket.address), site)
    # A look for the marker, two for anything else; each file; the marker before and after.
    assert bucket.asked() == {"GET": 3, "PUT": 102}
    site["en/7/index.html"] = b"seven"
    del site["en/8/index.html"], site["en/9/index.html"]
    assert _publish(output_for(bucket.address), site) == ({"en/7/index.html"}, 2)
    assert bucket.asked() == {"GET": 1, "PUT": 3, "DELETE": 2}
    assert bucket.files() == site


def test_a_site_may_be_the_whole_bucket(bucket: Bucket) -> None:
    address = f"s3://{bucket.name}"
    assert _publish(output_for(address), SITE) == (set(SITE), 0)
    assert _publish(output_for(address), SITE) == (set(), 0)
    assert bucket.object("empty.txt")["Body"].read() == b""


def test_media_types_and_encodings_are_told(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    told = {url: bucket.object(f"kb/events/{url}")["ContentType"] for url in SITE}
    assert told == {
        "index.html": "text/html; charset=utf-8",
        "en/shopservice/100/index.html": "text/html; charset=utf-8",
        "en/assets/Gerät [1] + 50%.svg": "image/svg+xml",
        "de/übersicht?/index.html": "text/html; charset=utf-8",
        "api/v1/events/shop/100.json": "application/json",
        "_headers": "text/plain; charset=utf-8",
        "empty.txt": "text/plain; charset=utf-8",
    }


def test_media_types_do_not_depend_on_the_machine() -> None:
    told = {
        "a:b/search.js": "text/javascript; charset=utf-8",
        "a.css": "text/css; charset=utf-8",
        "a.woff2": "font/woff2",
        "sitemap.xml": "application/xml",
        "a.js.map": "application/json",
        "a.tar.gz": "application/gzip",
        "a.svgz": "application/gzip",
        "index.pf_meta": "application/octet-stream",
        "wasm.en.pagefind": "application/octet-stream",
        "headers/nginx.conf": "text/plain; charset=utf-8",
    }
    assert {url: media_type(url) for url in told} == told


def test_a_bucket_of_others_is_refused_or_taken_over(bucket: Bucket) -> None:
    bucket.put("mine/precious.txt", b"mine")
    bucket.put(".well-known/security.txt", b"us")
    bucket.put("index.html", SITE["index.html"])
    with pytest.raises(ForeignFolderError, match=f"{bucket.address} is not empty"):
        output_for(bucket.address).claim(replace=False)
    assert set(bucket.files()) == {"mine/precious.txt", ".well-known/security.txt", "index.html"}
    # The page there is equal but has no media type.
    assert _publish(output_for(bucket.address), SITE, replace=True) == (set(SITE), 1)
    assert bucket.object("kb/events/index.html")["ContentType"] == "text/html; charset=utf-8"
    assert bucket.files() == {**SITE, ".well-known/security.txt": b"us"}


@pytest.mark.parametrize("damage", [lambda marker: marker[:-9], lambda _: b"", lambda _: b"\xff" * 99])
def test_a_damaged_manifest_costs_a_listing_only(bucket: Bucket, damage: Any) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.put(MARKER, damage(bucket.marker()))
    bucket.put("stranger.txt", b"?")
    assert _publish(output_for(bucket.address), SITE) == (set(), 1)
    bucket.asked()
    assert _publish(output_for(bucket.address), SITE) == (set(), 0)
    assert bucket.asked() == {"GET": 1}


def test_a_manifest_that_leads_outside_is_not_believed(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.put(MARKER, manifest_bytes({"../../other/file": Stamp(0, b"")}))
    assert _publish(output_for(bucket.address), SITE) == (set(), 0)


def test_what_others_did_is_found_with_replace(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.delete("index.html")
    bucket.put("_headers", b"other")
    bucket.put("stranger.txt", b"?")
    assert _publish(output_for(bucket.address), SITE) == (set(), 0)
    assert _publish(output_for(bucket.address), SITE, replace=True) == ({"index.html", "_headers"}, 1)
    assert bucket.files() == SITE
    bucket.asked()
    assert _publish(output_for(bucket.address), SITE) == (set(), 0)
    assert bucket.asked() == {"GET": 1}


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_mends_it(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    half = {"index.html": b"new", "new.html": b"new"}
    killed = output_for(bucket.address)
    killed.claim(replace=False)
    for url, content in half.items():
        killed.publish(url, content)
    killed.flush()
    assert bucket.files() == {**SITE, **half}
    # The manifest of the old site says that its index.html is there. It isn't.
    assert _publish(output_for(bucket.address), SITE) == ({"index.html"}, 1)
    assert bucket.files() == SITE


def test_a_store_that_refuses_a_file_keeps_the_old_site(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    output = output_for(bucket.address)
    output.claim(replace=False)
    bucket.server.refused = "/2.html"
    with pytest.raises(OutputError, match=r"/kb/events: writing 2\.html: the credentials are wrong or don't allow it"):
        output.withdraw({f"{number}.html": output.publish(f"{number}.html", b"") for number in range(5)})
    with pytest.raises(OutputError, match=r"writing 2\.html"):
        output.publish("5.html", b"")
    assert SITE.items() <= bucket.files().items()
    bucket.server.refused = ""
    assert _publish(output_for(bucket.address), SITE) == (set(), 4)


def test_what_cannot_be_removed_stays_noted(bucket: Bucket) -> None:
    _publish(output_for(bucket.address), SITE)
    bucket.server.refused = "/empty.txt"
    less = {url: content for url, content in SITE.items() if url != "empty.txt"}
    with pytest.raises(OutputError, match=r"removing empty\.txt: the credentials are wrong or don't allow it"):
        _publish(output_for(bucket.address), less)
    bucket.server.refused = ""
    assert _publish(output_for(bucket.address), less) == (set(), 1)


# What can go wrong at once


def test_a_missing_bucket_is_told(s3: object) -> None:
    with pytest.raises(OutputError, match=r"s3://nobodys/kb: writing \.kb-gen: there is no such bucket"):
        output_for("s3://nobodys/kb").claim(replace=False)


def test_refused_credentials_are_told(bucket: Bucket) -> None:
    bucket.server.refused = MARKER
    with pytest.raises(OutputError, match=r"reading \.kb-gen: the credentials are wrong or don't allow it"):
        output_for(bucket.address).claim(replace=False)


@pytest.fixture
def fresh(s3: object) -> Iterator[pytest.MonkeyPatch]:
    """A patch of the environment that connections are made anew for."""
    s3fs = pytest.importorskip("s3fs")
    with pytest.MonkeyPatch.context() as patch:
        s3fs.S3FileSystem.clear_instance_cache()
        yield patch
    s3fs.S3FileSystem.clear_instance_cache()


def test_missing_credentials_are_told(bucket: Bucket, fresh: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        fresh.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        fresh.setenv(name, os.devnull)
    with pytest.raises(OutputError, match="no credentials were found; set AWS_PROFILE"):
        output_for(bucket.address).claim(replace=False)


def test_a_server_that_is_not_there_is_told(bucket: Bucket, fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    fresh.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(OutputError, match="the store can't be reached"):
        output_for(bucket.address).claim(replace=False)


def test_an_unknown_kind_of_address_is_told() -> None:
    pytest.importorskip("fsspec", reason="stores need the extra `store`")
    with pytest.raises(OutputError, match="Protocol not known: gopher"):
        output_for("gopher://example.com/kb").claim(replace=False)


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(OutputError, match=r"pip install 'kb-gen\[store\]'"):
        output_for("s3://bucket/kb").claim(replace=False)


def test_no_message_shows_a_password() -> None:
    address = "sftp://author:secret@example.com/srv/kb/"
    assert output_for(address).describe() == "sftp://example.com/srv/kb"
