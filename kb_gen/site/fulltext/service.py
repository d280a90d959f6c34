"""Pagefind's program, spoken to through its pipe.

Requests and answers are JSON in base64, each with a comma behind it (`pagefind --service`; the protocol is that of
Pagefind's own wrappers for Node and Python). Answers come in the order of the requests. The Python wrapper isn't used:
it sleeps a tenth of a second before it reads an answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from msgspec import Struct

__all__ = ["IndexFile", "MissingPagefindError", "PagefindError", "PagefindService", "pagefind_program"]

_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
"""Packages that bring the program; the extended one also takes Chinese and Japanese texts apart."""

_LIBRARIES = ("cbor2", "numpy")
"""What else an index is made with; the same extra brings it."""

_COMMANDS = ("pagefind_extended", "pagefind")
_READ = 1 << 20


class PagefindError(Exception):
    """Pagefind's program can't be used or has failed."""


class MissingPagefindError(PagefindError):
    """Pagefind's program isn't installed."""

    def __init__(self) -> None:
        super().__init__(
            "the full-text search of a large site needs Pagefind: install kb-gen[search], or choose another `search`"
        )


class IndexFile(Struct, frozen=True):
    """A file of an index: its path below the bundle's folder and its content."""

    path: str
    content: bytes


class _Payload(Struct, frozen=True):
    """What an answer holds, as far as anything here reads it."""

    type: str = ""
    message: str = ""
    index_id: int = 0
    files: tuple[IndexFile, ...] = ()


class _Answer(Struct, frozen=True):
    payload: _Payload


def pagefind_program() -> Path:
    """Where the program is: in its Python package, else on the search path.

    Raises:
        MissingPagefindError: if it isn't installed, or what else an index takes.
    """
    if not all(map(find_spec, _LIBRARIES)):
        raise MissingPagefindError
    for name in _PACKAGES:
        try:
            return Path(import_module(name).get_executable())
        except (ImportError, FileNotFoundError):
            continue
    found = next((path for path in map(shutil.which, _COMMANDS) if path), None)
    if found is None:
        raise MissingPagefindError
    return Path(found)


@lru_cache(maxsize=4)
def program_version(program: Path) -> str:
    """What the program says of its version: the same records make other files with another one.

    Raises:
        PagefindError: if it doesn't run.
    """
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as reason:
        raise PagefindError(f"Pagefind doesn't run: {reason}") from reason
    return done.stdout.strip()


class PagefindService:
    """A running process of Pagefind with one index in it. To be used in a `with` statement, by one thread.

    Args:
        program: Pagefind's program.
        language: the language that words are reduced to their stems in, as an ISO 639-1 code.

    Raises:
        PagefindError: if the program can't be started, ends unexpectedly or refuses a request.
    """

    def __init__(self, program: Path, language: str) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._process = subprocess.Popen(
                [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
            )
        except OSError as reason:
            self._complaints.close()
            raise PagefindError(f"Pagefind doesn't run: {reason}") from reason
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin
        self._answers = self._split(self._process.stdout.fileno())
        self._language = msgspec.json.encode(language)
        # Addresses stay as they are given: with `index.html`, which links need on `file://`.
        config = {"force_language": language, "keep_index_url": True}
        try:
            self._index = self._ask({"type": "NewIndex", "config": config}).index_id
        except PagefindError:
            self._end()
            raise

    def __enter__(self) -> PagefindService:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def add(self, records: Sequence[bytes]) -> None:
        """Index some records, each the JSON object of an `IndexRecord`."""
        head = b'{"message_id":1,"payload":{"type":"AddRecord","index_id":%d,"language":%b,' % (
            self._index,
            self._language,
        )

        def feed() -> None:
            # If the program has ended, whoever waits for its answers says so.
            with suppress(BrokenPipeError):
                for record in records:
                    self._requests.write(b64encode(b"%b%b}" % (head, record[1:])) + b",")
                self._requests.flush()

        # Written from a thread, because the program stops reading when nobody reads its answers.
        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        for _ in records:
            self._answer()
        feeder.join()

    def files(self) -> tuple[IndexFile, ...]:
        """The finished index."""
        return self._ask({"type": "GetFiles", "index_id": self._index}).files

    def _ask(self, payload: dict[str, Any]) -> _Payload:
        with suppress(BrokenPipeError):
            self._requests.write(b64encode(msgspec.json.encode({"message_id": 1, "payload": payload})) + b",")
            self._requests.flush()
        return self._answer()

    def _answer(self) -> _Payload:
        encoded = next(self._answers, None)
        if encoded is None:
            raise PagefindError(f"Pagefind ended unexpectedly: {self._last_words()}")
        try:
            payload = msgspec.json.decode(b64decode(encoded), type=_Answer).payload
        except ValueError as reason:
            raise PagefindError(f"Pagefind gave an answer that can't be read: {reason}") from reason
        if payload.type == "Error":
            raise PagefindError(f"Pagefind refused a request: {payload.message}")
        return payload

    @staticmethod
    def _split(descriptor: int) -> Iterator[bytes]:
        parts: list[bytes] = []
        while data := os.read(descriptor, _READ):
            first, *more = data.split(b",")
            parts.append(first)
            for part in more:
                yield b"".join(parts)
                parts = [part]

    def _last_words(self) -> str:
        code = self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit code {code}"

    def _end(self) -> None:
        # An index that is finished needs no farewell, and one that isn't no end.
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
