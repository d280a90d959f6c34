"""An S3 server on this machine that counts what it is asked, and its buckets."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from kb_gen.site.outputs import MARKER

__all__ = ["Bucket", "CountingServer", "running_server"]


class CountingServer:
    """An S3 server on a free port of this machine: what it has been asked, and what it is to refuse."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.requests: list[tuple[str, str]] = []
        self.refused = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if self.refused and environ["PATH_INFO"].endswith(self.refused):
            start_response("403 Forbidden", [("Content-Type", "application/xml")])
            return [b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"]
        return self._application(environ, start_response)


class Bucket:
    """An S3 bucket, seen without the code under test."""

    def __init__(self, client: Any, server: CountingServer) -> None:
        self._client = client
        self.server = server
        self.name = f"site-{uuid4().hex}"
        client.create_bucket(Bucket=self.name)

    @property
    def address(self) -> str:
        return f"s3://{self.name}/kb/events"

    def asked(self) -> Counter[str]:
        """How many requests came since the last look, by method."""
        return Counter(method for method, _ in self._requests())

    def changes(self) -> tuple[list[str], list[str]]:
        """The URLs of the files that were written and removed since the last look; not of the marker."""
        place = f"/{self.name}/kb/events/"
        requests = [(method, path.removeprefix(place)) for method, path in self._requests()]
        written, removed = (
            sorted(url for one, url in requests if one == method and url != MARKER) for method in ("PUT", "DELETE")
        )
        return written, removed

    def _requests(self) -> list[tuple[str, str]]:
        requests, self.server.requests = self.server.requests, []
        return requests

    def put(self, url: str, content: bytes) -> None:
        self._client.put_object(Bucket=self.name, Key=f"kb/events/{url}", Body=content)

    def delete(self, url: str) -> None:
        self._client.delete_object(Bucket=self.name, Key=f"kb/events/{url}")

    def files(self) -> dict[str, bytes]:
        """All that is in the bucket but the marker."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return {
            one["Key"].removeprefix("kb/events/"): self.object(one["Key"])["Body"].read()
            for page in pages
            for one in page.get("Contents", [])
            if not one["Key"].endswith(f"/{MARKER}")
        }

    def marker(self) -> bytes:
        content: bytes = self.object(f"kb/events/{MARKER}")["Body"].read()
        return content

    def object(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self._client.get_object(Bucket=self.name, Key=key)
        return found


@contextmanager
def running_server() -> Iterator[tuple[Any, CountingServer]]:
    """A client of an S3 server on a free port of this machine, and the server; skips where they aren't installed."""
    asyn = pytest.importorskip("fsspec.asyn", reason="stores need the extra `store`")
    s3fs = pytest.importorskip("s3fs", reason="S3 needs the extra `store`")
    boto3 = pytest.importorskip("boto3", reason="the S3 server needs what `dev` names")
    moto = pytest.importorskip("moto.server", reason="the S3 server needs what `dev` names")
    serving = pytest.importorskip("werkzeug.serving", reason="the S3 server needs what `dev` names")

    class Silent(serving.WSGIRequestHandler):  # type: ignore[name-defined, misc]
        def log_request(self, *_: object) -> None:
            pass

    server = CountingServer(moto.DomainDispatcherApplication(moto.create_backend_app))
    listening = serving.make_server("127.0.0.1", 0, server, threaded=True, request_handler=Silent)
    thread = Thread(target=listening.serve_forever)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listening.server_port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "operator")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.delenv("AWS_PROFILE", raising=False)
        yield boto3.client("s3"), server
    listening.shutdown()
    thread.join()
    listening.server_close()
    _close_connections(asyn, s3fs)


def _close_connections(asyn: Any, s3fs: Any) -> None:
    """End what a process that uses S3 has until it ends: tests that come later fork, and had better find no thread."""
    s3fs.S3FileSystem.clear_instance_cache()
    gc.collect()
    if asyn.loop[0] is not None:
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1), asyn.loop[0]).result()
        asyn.loop[0].call_soon_threadsafe(asyn.loop[0].stop)
        asyn.iothread[0].join()
        asyn.loop[0].close()
        asyn.loop[0] = asyn.iothread[0] = None
