"""The inline scripts of a page, which the Content-Security-Policy allows by the hash of their text."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["scripts_in"]


def scripts_in(html: str) -> frozenset[str]:
    """The exact text of every inline script that a browser would run."""
    reader = _InlineScripts()
    reader.feed(html)
    return frozenset(reader.scripts)


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: set[str] = set()
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            attributes = dict(attrs)
            executable = attributes.get("type") in {None, "", "text/javascript", "module"}
            self._text = [] if executable and "src" not in attributes else None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._text is not None:
            self.scripts.add("".join(self._text))
            self._text = None
