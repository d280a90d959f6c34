"""What tests of the finished site share: the site itself, a server for it and a browser."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from jinja2 import Environment
from site_trees import headers_for_all_paths

# How long an example takes says more of the machine than of the program.
hypothesis.settings.register_profile("any-machine", deadline=None)
hypothesis.settings.load_profile("any-machine")

# Thousands of tests are in memory to the end, and Python would look for cycles in them again and again.
gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """Have what there is before the first test looked at never again."""
    gc.collect()
    gc.freeze()


ROOT = Path(__file__).parents[1]

_KB_GEN = "import sys; from kb_gen.cli import main; sys.exit(main())"
# Distributions' Chromium first: Playwright's own download may not be there. The one without windows and menus takes
# less than half of the time.
_CHROMIUM = (
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
)


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Has all environments of this process share what Jinja makes of a template: half of a small build's time."""
    made: dict[tuple[object, ...], Any] = {}
    compile_anew = Environment.compile

    def compiled(self: Environment, source: Any, *place: Any, **options: Any) -> Any:
        # All that the code depends on: which filters there are is asked when it is made.
        facts = (self.autoescape, *map(frozenset, (self.extensions, self.filters, self.tests)))
        key = (source, place, *sorted(options.items()), *facts)
        if key not in made:
            made[key] = compile_anew(self, source, *place, **options)
        return made[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Environment, "compile", compiled)
        yield


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the repository's own site, built once (by each worker of a parallel run)."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build = [sys.executable, "-c", _KB_GEN, "build", "--jobs", "1", "--site-dir", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"kb-gen build failed:\n{done.stdout}\n{done.stderr}"
    return folder


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a site as a well-configured web server does: with its headers and its own page for what isn't there."""

    def __init__(self, *args: Any, headers_sent: tuple[tuple[str, str], ...], **options: Any) -> None:
        self.headers_sent = headers_sent
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        for name, value in self.headers_sent:
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the test's output is the test's."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = partial(_SiteHandler, directory=str(folder), headers_sent=headers_for_all_paths(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """Serves the site in a folder for as long as its context lasts; gives the address, with a slash at its end."""
    return _served


@pytest.fixture(scope="session")
def http_site(built_site: Path) -> Iterator[str]:
    """The address of a server for the built site, with a slash at its end."""
    with _served(built_site) as address:
        yield address


def _chromium() -> str | None:
    named = os.environ.get("KB_GEN_CHROMIUM", "")
    return next((path for path in (named, *_CHROMIUM) if path and shutil.which(path)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, driven by Playwright; tests are skipped where one of them is absent."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")
    with sync_api.sync_playwright() as playwright:
        path = _chromium()
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except sync_api.Error as reason:
            pytest.skip(
                f"needs Chromium (install it, or set KB_GEN_CHROMIUM to its path): {str(reason).splitlines()[0]}"
            )
        yield chromium
        chromium.close()


# What is all right stays in the browser: of a long page, these are megabytes.
_VIOLATIONS = """async () => {
    const found = await axe.run({ resultTypes: ["violations"] });
    return found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]);
}"""


@pytest.fixture(scope="session")
def violations() -> Callable[[Any], list[tuple[str, list[str]]]]:
    """Gives what axe-core finds wrong with a page: each rule's name, and the elements that break it."""
    source = ROOT / "node_modules/axe-core/axe.min.js"
    if not source.is_file():
        pytest.skip("needs axe-core: npm install")
    script = source.read_text(encoding="utf-8")

    def run(page: Any) -> list[tuple[str, list[str]]]:
        # Evaluated, not added as an element: the page's Content-Security-Policy would rightly refuse that.
        page.evaluate(script)
        return [(rule, elements) for rule, elements in page.evaluate(_VIOLATIONS)]

    return run


@pytest.fixture(scope="session")
def invalid_html() -> Callable[[Iterable[Path]], str]:
    """Gives what the Nu HTML checker finds wrong with pages."""
    jar = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("needs java and the HTML validator: npm install")

    def run(pages: Iterable[Path]) -> str:
        # For the few seconds that it runs, compiling it well isn't worth the processor.
        java = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]
        result = subprocess.run(
            [*java, "--errors-only", "--stdout", *map(str, pages)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert result.returncode == 0 or result.stdout, result.stderr  # else it hasn't looked
        return result.stdout

    return run
