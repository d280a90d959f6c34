"""What several tests of a site need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from buckets import Bucket, CountingServer, running_server


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
