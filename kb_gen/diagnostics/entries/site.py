"""Codes about the site as a whole."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "broken-link",
        "a link of a hand-written page leads nowhere",
        (
            "A link or picture of a hand-written page names a page or file that isn't there. It shows when the page is "
            "made, so `kb-gen build` and `kb-gen serve` tell of it, and `kb-gen check` doesn't. Links to other hosts "
            "aren't tried. The engine `zensical` doesn't tell of any. What else MkDocs is to warn of is set by "
            "`validation` in `mkdocs.yml`."
        ),
        (
            "Name pages by their Markdown files, as seen from the page: `more/tips.md`; in the site the link leads to "
            "the page. Articles are reached by their addresses: `../msexchangetransport/1024/index.html`."
        ),
    ),
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
