"""Translations in the catalogs that wait for review: nobody is shown them, but they are there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb_gen.locales import catalog_path
from kb_gen.locales.po import Key, read_po, read_po_text

__all__ = ["WaitingTranslations"]


class WaitingTranslations:
    """The texts of fuzzy entries. A catalog is read when somebody asks for one of its texts."""

    def __init__(self, root: Path, translations: str = "translations") -> None:
        """Those of a project.

        Args:
            root: the project's root.
            translations: the folder of the catalogs, relative to `root`.
        """
        self._root = root
        self._translations = translations
        self._read: dict[str, Mapping[Key, str]] = {}

    def text(self, tag: str, domain: str, key: Key) -> str:
        """The translation into a locale that waits for review; empty where none does."""
        path = catalog_path(self._translations, tag, domain)
        if path not in self._read:
            self._read[path] = self._texts(path)
        return self._read[path].get(key, "")

    def _texts(self, path: str) -> Mapping[Key, str]:
        text, _ = read_po_text(self._root, path)
        entries = read_po(text, path)[0].entries if text else ()
        return {entry.key: entry.msgstr[0] for entry in entries if entry.fuzzy and len(entry.msgstr) == 1}
