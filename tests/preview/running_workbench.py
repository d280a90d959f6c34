"""A workbench that runs for a test: a process of its own, at a port of its own, and clients of it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from running_preview import PATIENCE

__all__ = ["RunningWorkbench", "workbench"]


@dataclass
class RunningWorkbench:
    """A workbench under test."""

    project: Path
    process: subprocess.Popen[str]
    url: str

    def request(
        self, method: str, path: str, data: object = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=PATIENCE)
        try:
            body = None if data is None else json.dumps(data)
            sent = {"Content-Type": "application/json"} if body else {}
            connection.request(method, path, body, {**sent, **(headers or {})})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return response.status, found, response.read().decode()
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        """The data at a path of the interface for scripts."""
        status, _, text = self.request("GET", f"/api/{path}")
        assert status == 200, text
        return json.loads(text)

    def post(self, path: str, data: object) -> Any:
        status, _, text = self.request("POST", f"/api/{path}", data)
        assert status == 200, text
        return json.loads(text)

    def unit(self, source: str) -> Any:
        """The unit with a source text."""
        found = [row for row in self.get("units")["rows"] if row["source"] == source]
        assert len(found) == 1, source
        return self.get(f"units/{found[0]['id']}")

    def save(
        self, unit: Any, *msgstr: str, fuzzy: bool = False, comments: str | None = None, before: Any = None
    ) -> Any:
        """Save a translation of a unit by somebody who has seen `before`, which is what `unit` says by default."""
        before = before or unit["entry"]
        kept = before["comments"] if comments is None else comments
        entry = {"msgstr": msgstr, "fuzzy": fuzzy, "comments": kept}
        return self.post("save", {"unit": unit["id"], "entry": entry, "before": before})

    def until_ready(self) -> Any:
        return self.until(lambda home: home["ready"])

    def until(self, wanted: Any) -> Any:
        """What the workbench says of itself, once it is as wanted."""
        end = time.monotonic() + PATIENCE
        while True:
            home = self.get("home")
            assert not home["problem"], home["problem"]
            if wanted(home):
                return home
            assert time.monotonic() < end, home
            time.sleep(0.02)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def workbench(project: Path, *options: str) -> Iterator[RunningWorkbench]:
    """A workbench of the project, which has ended by itself when the block is left, unless it was killed."""
    command = [sys.executable, "-m", "kb_gen", "translate", "-f", str(project / "mkdocs.yml"), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    locale = () if "--locale" in options else ("--locale", "de")
    with subprocess.Popen([*command, *locale, *options], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = [word for word in line.split() if word.startswith("http://")]
        assert found, line
        running = RunningWorkbench(project, process, found[0])
        try:
            yield running
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                assert process.wait(PATIENCE) == 0
