"""Codes about the site as a whole."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "incomplete-translation",
        "a locale isn't wholly translated",
        ("With `--strict`, a build fails as long as texts are missing or outdated in one of the site's locales."),
        (
            "Translate what `kb-gen i18n status` lists, or build without `--strict`: pages then show such "
            "texts in the source language, marked as such."
        ),
    ),
)
