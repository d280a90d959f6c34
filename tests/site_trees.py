"""Whole small projects for tests: copied from the sample, or written out from one text with `-- file --` headings."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = [
    "SAMPLE",
    "broken_links",
    "copy_sample",
    "headers_for_all_paths",
    "html_pages",
    "replaced",
    "site_files",
    "write_tree",
]

SAMPLE = Path(__file__).parent / "sample"

_HEADING = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


def copy_sample(folder: Path) -> Path:
    """A copy of the sample project, free to be changed."""
    return Path(shutil.copytree(SAMPLE, folder / "project"))


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A change to a project: in the file at `path`, `new` stands for `old`, which has to be there."""

    def change(project: Path) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def write_tree(folder: Path, text: str) -> Path:
    """Write the files that `text` holds, each below a line `-- path --`."""
    pieces = _HEADING.split(text)
    for path, content in zip(pieces[1::2], pieces[2::2], strict=True):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    return folder


def site_files(site: Path) -> dict[str, bytes]:
    """Every file of a site by its URL."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def html_pages(site: Path) -> Iterator[Path]:
    """Every HTML file of a site."""
    yield from sorted(site.rglob("*.html"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        for name in ("href", "src", "action"):
            if name in values and not (tag == "link" and values.get("rel") in {"canonical", "alternate"}):
                self.links.append(values[name])


def _read(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def broken_links(site: Path) -> list[str]:
    """Every relative link of every page that leads to no file, or to no element of its page."""
    pages = {page: _read(page) for page in html_pages(site) if page.name != "404.html"}
    broken = []
    for page, read in pages.items():
        for link in read.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            ids = pages[target].ids if target in pages else set()
            # Material's own toggles are jumped to by its scripts.
            known = not parts.fragment or target.suffix != ".html" or parts.fragment in ids
            if not target.is_file() or not known:
                broken.append(f"{page.relative_to(site)}: {link}")
    return broken


def headers_for_all_paths(folder: Path) -> tuple[tuple[str, str], ...]:
    """What the site's `_headers` file asks a server to send with every page."""
    lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()
    fields = (line.strip().partition(": ") for line in lines if line.startswith(" "))
    return tuple((name, value) for name, _, value in fields)
