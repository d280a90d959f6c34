"""The theme around one locale's pages: MkDocs' configuration, files, navigation and templates for that locale."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, Environment
from markupsafe import escape
from mkdocs.commands.build import _populate_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from kb_gen.site.engines import LocaleShape
from kb_gen.site.engines.mkdocs.amendments import amend
from kb_gen.site.engines.mkdocs.navigation import navigation_items, pages_of
from kb_gen.site.engines.mkdocs.search import SearchSettings, search_settings

__all__ = ["AlternateLink", "Frame", "build_frame", "logged"]


@dataclass(frozen=True, slots=True)
class AlternateLink:
    """The page in one locale, as the templates see it.

    Attributes:
        lang: BCP 47 tag.
        name: the language's own name, as HTML.
        link: URL in the site.
        address: URL for search engines, absolute where the site's own address is known.
        exact: whether this is the same page, not just that locale's home.
        current: whether it is the page itself.
    """

    lang: str
    name: str
    link: str
    address: str
    exact: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything MkDocs needs to render pages of one locale.

    Attributes:
        shape: the locale.
        config: its MkDocs configuration.
        environment: the theme's templates.
        files: hand-written pages and what lies beside them.
        navigation: the locale's navigation.
        navigation_pages: the pages in it, by URL.
        search: settings of the search index.
        remarks: what MkDocs warned of while it read the hand-written pages, by their files' `src_uri`.
    """

    shape: LocaleShape
    config: MkDocsConfig
    environment: Environment
    files: Files
    navigation: Navigation
    navigation_pages: Mapping[str, Page]
    search: SearchSettings
    remarks: Mapping[str, Sequence[str]]

    def render(self, page: Page, alternates: Sequence[AlternateLink], default: str | None) -> str:
        """The page in the theme, as `mkdocs build` would write it."""
        config = self.config
        with self._current(page, alternates, default):
            documents = self.files.documentation_pages()
            context = get_context(self.navigation, documents, config, page)
            template = self.environment.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self.navigation)
            html = template.render(context)
            return str(config.plugins.on_post_page(html, page=page, config=config))

    def render_template(self, name: str, values: Mapping[str, object]) -> str:
        """One of the theme's templates that is no page, with `values` for the theme in `config.extra`."""
        config = self.config
        base_url = urlsplit(config.site_url or "/").path
        context = get_context(self.navigation, [], config, base_url=base_url)
        config.extra.update(values)
        template = config.plugins.on_pre_template(
            self.environment.get_template(name), template_name=name, config=config
        )
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        html = template.render(context)
        for key in values:
            del config.extra[key]
        return str(config.plugins.on_post_template(html, template_name=name, config=config))

    @contextmanager
    def _current(self, page: Page, alternates: Sequence[AlternateLink], default: str | None) -> Iterator[None]:
        # MkDocs and its templates know the current page by these; they are set for one rendering only.
        config = self.config
        config._current_page = page  # noqa: SLF001 - what plugins ask MkDocs for
        config.extra["alternate"] = alternates
        config.extra["alternate_default"] = default
        page.active = True
        try:
            yield
        finally:
            page.active = False
            config._current_page = None  # noqa: SLF001
            del config.extra["alternate"], config.extra["alternate_default"]


def build_frame(
    config: MkDocsConfig,
    shape: LocaleShape,
    docs_dir: Path,
    bytecode: BytecodeCache | None,
    warn: Callable[[str], None],
) -> Frame:
    """Do what `mkdocs build` does before it writes the first page: run plugins, read pages, make the navigation.

    Args:
        config: the locale's validated configuration.
        shape: the locale.
        docs_dir: the folder to which the user's `edit_uri` belongs.
        bytecode: where Jinja keeps compiled templates.
        warn: told what MkDocs and the theme have to say.
    """
    with logged(warn):
        config.plugins.on_startup(command="build", dirty=False)
        environment = config.theme.get_env()
        environment.bytecode_cache = bytecode
        amend(environment, warn)
        search = search_settings(config, environment)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = _files(config, shape, docs_dir)
        navigation = _navigation(files, config, shape)
        remarks: dict[str, list[str]] = {}
        for file in files.documentation_pages():
            with logged(remarks.setdefault(file.src_uri, []).append):
                _read(file, config, files)
        environment = config.plugins.on_env(environment, config=config, files=files)
    pages = {page.url: page for page in pages_of(navigation.items)}
    return Frame(shape, config, environment, files, navigation, pages, search, remarks)


def _files(config: MkDocsConfig, shape: LocaleShape, docs_dir: Path) -> Files:
    files = get_files(config) if shape.pages else Files([])
    placed: set[int] = set()

    def place(files: Files) -> None:
        for file in files:
            if id(file) not in placed:
                placed.add(id(file))
                file.dest_uri = f"{shape.tag.lower()}/{file.dest_uri}"
                file.url = quote(file.dest_uri)
                file.edit_uri = _edit_uri(file, docs_dir)

    place(files)
    files = config.plugins.on_files(files, config=config)
    place(files)
    set_exclusions(files, config)
    return files


def _edit_uri(file: File, docs_dir: Path) -> str | None:
    source = file.abs_src_path
    if file.generated_by is not None or source is None or not Path(source).is_relative_to(docs_dir):
        return None
    return Path(source).relative_to(docs_dir).as_posix()


def _navigation(files: Files, config: MkDocsConfig, shape: LocaleShape) -> Navigation:
    written = get_navigation(files, config)
    by_url = {file.url: file.page for file in files.documentation_pages() if file.page is not None}
    given = navigation_items(shape.navigation, config, by_url)
    taken = {page.url for page in pages_of(given)} | {shape.home}
    items = [*given, *(item for item in written.items if not (isinstance(item, Page) and item.url in taken))]
    navigation = Navigation(items, list(pages_of(items)))
    return config.plugins.on_nav(navigation, config=config, files=files)


def _read(file: File, config: MkDocsConfig, files: Files) -> None:
    page = file.page or Page(None, file, config)
    _populate_page(page, config, files)
    # MkDocs prints a title from the front matter as it stands.
    if isinstance(page.meta.get("title"), str):
        page.meta["title"] = escape(page.meta["title"])


class _Listener(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(record.getMessage())


@contextmanager
def logged(tell: Callable[[str], None]) -> Iterator[None]:
    """Hand on what MkDocs logs as a warning, instead of letting Python print it."""
    logger = logging.getLogger("mkdocs")
    listener = _Listener(tell)
    propagate = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
