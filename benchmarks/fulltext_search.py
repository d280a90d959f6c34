"""Measure the full-text search of a built site in Chromium: `python benchmarks/fulltext_search.py SITE`.

Each query is asked in a browser that has nothing in its cache, of a server on this machine that doesn't compress. It is
typed letter by letter, and then put in at once, as from the clipboard.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
_BOX = "[data-md-component=search-query]"
_SETTLED = 1500
"""Milliseconds after which nothing is expected to change any more."""

_WATCH = """box => {
  window.kbTimes = { asked: 0, answered: 0 }
  document.querySelector(box).addEventListener("input", () => { kbTimes.asked = performance.now() }, true)
  const list = document.querySelector(".md-search-result__list")
  new MutationObserver(() => {
    if (list.querySelector(".md-search-result__item")) kbTimes.answered = performance.now()
  }).observe(list, { childList: true })
}"""
_COLUMNS = ("query", "how", "until the hits", "transfer KB", "hits")


@dataclass
class _Sent:
    """Bytes that the server has sent."""

    bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, sent: _Sent, **options: Any) -> None:  # noqa: ANN401 - as the base
        self.sent = sent
        super().__init__(*args, **options)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            with self.sent.lock:
                self.sent.bytes += int(value)
        super().send_header(keyword, value)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a query was answered: milliseconds from its last letter to the hits, bytes since the box was opened, hits."""

    milliseconds: float
    transfer: int
    hits: int


@contextmanager
def _served(site: Path, sent: _Sent) -> Iterator[str]:
    handler = partial(_Handler, directory=str(site), sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _ask(browser: Browser, address: str, query: str, delay: int | None, sent: _Sent) -> Answer:
    """Ask a query; letter by letter with `delay` milliseconds between them, or at once."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate(_WATCH, _BOX)
        sent.bytes = 0
        page.keyboard.press("/")
        if delay is None:
            page.wait_for_timeout(_SETTLED // 3)
            page.keyboard.insert_text(query)
        else:
            page.keyboard.type(query, delay=delay)
        page.locator(".md-search-result__item").first.wait_for(timeout=60_000)
        page.wait_for_timeout(_SETTLED)
        times = page.evaluate("kbTimes")
        hits = page.locator(".md-search-result__item").count()
        return Answer(times["answered"] - times["asked"], sent.bytes, hits)
    finally:
        context.close()


def main() -> None:
    """Print how long each query takes, and how much is loaded for it."""
    parser = argparse.ArgumentParser(description="Measure the full-text search of a built site in Chromium.")
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder that was built, with Pagefind's index")
    parser.add_argument("--locale", default="de", help="the locale's path (default: de)")
    parser.add_argument("--query", nargs="+", default=["Warteschlange", "Verbindung Protokoll"], help="what is asked")
    parser.add_argument("--delay", type=int, default=90, metavar="MS", help="between two letters (default: 90)")
    parser.add_argument("--runs", type=int, default=5, help="times that each is asked; medians count (default: 5)")
    parser.add_argument("--chromium", metavar="FILE", help="default: one on the path, or Playwright's own")
    arguments = parser.parse_args()
    sent = _Sent()
    with _served(arguments.site, sent) as root, sync_playwright() as playwright:
        program = arguments.chromium or next(filter(None, map(shutil.which, _BROWSERS)), None)
        try:
            browser = playwright.chromium.launch(executable_path=program)
        except Error as reason:
            sys.exit(f"{Path(__file__).name}: --chromium has to name a Chromium: {str(reason).splitlines()[0]}")
        print("  ".join(f"{title:>22}" for title in _COLUMNS))
        address = f"{root}{arguments.locale}/index.html"
        for query in arguments.query:
            for how, delay in (("typed", arguments.delay), ("at once", None)):
                answers = [_ask(browser, address, query, delay, sent) for _ in range(arguments.runs)]
                time = statistics.median(answer.milliseconds for answer in answers)
                transfer = statistics.median(answer.transfer for answer in answers)
                cells = (query, how, f"{time:.0f} ms", f"{transfer / 1e3:.0f}", str(answers[0].hits))
                print("  ".join(f"{cell:>22}" for cell in cells), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
