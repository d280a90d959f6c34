"""What several tests of a site need."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from buckets import Bucket, CountingServer, running_server

from kb_gen.load import states
from kb_gen.site import evidence


@pytest.fixture(scope="module")
def s3() -> Iterator[tuple[Any, CountingServer]]:
    """A client of an S3 server, and the server."""
    with running_server() as running:
        yield running


@pytest.fixture
def bucket(s3: tuple[Any, CountingServer]) -> Iterator[Bucket]:
    bucket = Bucket(*s3)
    bucket.asked()
    yield bucket
    bucket.server.refused = ""


_HOUR = 3_600_000_000_000


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files, the program's too, had been there for an hour: those that are new aren't trusted."""
    monkeypatch.setattr(states, "_YOUNG", -_HOUR)
    monkeypatch.setattr(evidence, "_STARTED", time.time_ns() + _HOUR)
