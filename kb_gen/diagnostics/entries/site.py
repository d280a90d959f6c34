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
            "Translate what the finding points at: it is the first text of an article that is missing from the "
            "catalog, empty or marked as fuzzy there. `kb-gen i18n update` adds what is missing. Or build without "
            "`--strict`: pages then show such texts in the source language, marked as such."
        ),
    ),
)
