"""A preview that runs for a test: at a port of its own, in a thread."""

from __future__ import annotations

import asyncio
import http.client
import json
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb_gen.preview import Plan, Report, listen, serve, watched
from kb_gen.site.kept_settings import project_settings

__all__ = ["PATIENCE", "RunningPreview", "running"]

PATIENCE = 120.0
"""Seconds after which something that should have happened is taken for not happening."""


@dataclass
class RunningPreview:
    """A preview under test, and what it says of itself."""

    project: Path
    url: str = ""
    reports: queue.Queue[tuple[Report, Sequence[str]]] = field(default_factory=queue.Queue)
    ready: threading.Event = field(default_factory=threading.Event)

    def serving(self, address: str) -> None:
        self.url = address
        self.ready.set()

    def built(self, report: Report, changes: Sequence[str]) -> None:
        self.reports.put((report, changes))

    def report(self) -> Report:
        """The outcome of the next build."""
        return self.reports.get(timeout=PATIENCE)[0]

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.project / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def get(self, path: str, host: str | None = None) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of what is at `path`."""
        with self._asked(path, {"Host": host} if host else {}) as response:
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read().decode()

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that the preview tells of, as they come."""
        with self._asked("/_kb-gen/events", {}) as response:
            lines = iter(response.readline, b"")
            yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))

    @contextmanager
    def _asked(self, path: str, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            yield connection.getresponse()
        finally:
            connection.close()


@contextmanager
def running(project: Path, config_file: Path | None = None) -> Iterator[RunningPreview]:
    """A preview of the project; it has ended, without a failure, when the block is left."""
    preview = RunningPreview(project)
    settings = project_settings(config_file or project / "mkdocs.yml")
    # The program's own folder and catalogs may be changed by whoever runs these tests.
    places = replace(watched(settings), program=None, translations=(project / settings.translations,))
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    address = listen("127.0.0.1", 0, settings.site_url)
    run = serve(Plan(settings.config_file), places, address, preview, stop)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(run)
        except BaseException as reason:
            failures.append(reason)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert preview.ready.wait(PATIENCE)
        yield preview
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not failures
