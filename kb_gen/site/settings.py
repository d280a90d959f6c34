"""What a project says about its site; read in one place, passed as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

__all__ = ["WORKBENCH_URL", "SearchKind", "Settings"]

SearchKind = Literal["material", "pagefind", "none"]
"""What answers readers' questions: the theme's own index, Pagefind's, or none but that of IDs and symbols."""

WORKBENCH_URL = "http://127.0.0.1:8650/"
"""Where `kb-gen translate` listens unless it is told otherwise."""

_LARGEST_INDEX = 1500
"""Articles to a locale whose texts a browser can still be asked to load all at once: some 5 MB."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one site, from `mkdocs.yml` and the `kb-gen` plugin's options in it.

    Attributes:
        root: the project's folder; all other paths are seen from it.
        config_file: the `mkdocs.yml`.
        site_dir: where the finished site goes.
        site_name: the site's name.
        site_names: the site's name in some locales, where it differs.
        site_descriptions: a sentence about the site, by locale.
        site_url: where the site will be served, with a slash at the end; empty if unknown.
        edit_base: the address before a source file's path at which it can be edited; empty if there is none.
        locales: BCP 47 tags in the order in which a reader chooses; the first is the default.
        site_locales: the locales of the whole site, where `locales` are only those of it that are built; else empty.
        source_locale: the language that records are written in.
        content: the folder of the records.
        translations: the folder of the catalogs.
        engine: which site engine renders the theme: `mkdocs` or `zensical`.
        search: how full-text search works: `auto`, `material`, `pagefind` or `none`.
        workbench_url: where the translators' workbench answers, with a slash at the end; catalogs link each text to
            it. Empty if they shouldn't.
        pdf: which PDF files a build makes: `none`, `volumes`, or `articles` as well.
        pdf_paper: the paper that they are for: `a4` or `us-letter`.
        pdf_fonts: a folder of fonts for them, besides those that come with Typst; empty if there is none.
        site_code: further folders or files whose change changes the site's frame (for the preview to watch).
    """

    root: Path
    config_file: Path
    site_dir: Path
    site_name: str
    site_names: Mapping[str, str] = field(default_factory=dict)
    site_descriptions: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    edit_base: str = ""
    locales: tuple[str, ...] = ("en",)
    site_locales: tuple[str, ...] = ()
    source_locale: str = "en"
    content: str = "content"
    translations: str = "translations"
    engine: str = "mkdocs"
    search: str = "auto"
    workbench_url: str = WORKBENCH_URL
    pdf: str = "none"
    pdf_paper: str = "a4"
    pdf_fonts: str = ""
    site_code: tuple[Path, ...] = ()

    @property
    def pages(self) -> Path:
        """The folder of hand-written pages, with a folder for each locale in it."""
        return self.root / self.content / "pages"

    def search_kind(self, articles: int) -> SearchKind:
        """How the search works of a site with so many articles in each locale. Zensical has a search of its own."""
        if self.engine == "zensical":
            return "material"
        if self.search == "auto":
            return "material" if articles <= _LARGEST_INDEX else "pagefind"
        return cast("SearchKind", self.search)
