"""The MkDocs plugin: lets `mkdocs build` and `mkdocs serve` make the same site as `kb-gen build`.

MkDocs is only the occasion here. The plugin takes all pages away from it, and when MkDocs is done, the site is
built into MkDocs' output folder as `kb-gen build` would have built it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mkdocs.config import config_options as option
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from kb_gen.locales import UnknownLocale, locale_info
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.settings import WORKBENCH_URL, Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from kb_gen.site.outcome import Outcome

__all__ = ["KbGenConfig", "KbGenPlugin", "read_settings", "settings_of"]

_LOG = logging.getLogger("mkdocs.plugins.kb_gen")


class _Locales(option.ListOfItems[str]):
    """Locales, at least one and each once."""

    def run_validation(self, value: object) -> list[str]:
        try:
            tags = [locale_info(tag).tag for tag in super().run_validation(value)]
        except UnknownLocale as reason:
            raise ValidationError(str(reason)) from reason
        if not tags or len(set(tags)) < len(tags):
            raise ValidationError("name at least one locale, and each once")
        return tags


class KbGenConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves `__init_subclass__` untyped
    """The plugin's options in `mkdocs.yml`."""

    locales = _Locales(option.Type(str), default=["en"])
    source_locale = option.Type(str, default="en")
    content = option.Type(str, default="content")
    translations = option.Type(str, default="translations")
    site_names = option.DictOfItems(option.Type(str), default={})
    site_descriptions = option.DictOfItems(option.Type(str), default={})
    engine = option.Choice(("mkdocs", "zensical"), default="mkdocs")
    search = option.Choice(("auto", "material", "pagefind", "none"), default="auto")
    workbench_url = option.URL(default=WORKBENCH_URL, is_dir=True)
    pdf = option.Choice(("none", "volumes", "articles"), default="none")
    pdf_paper = option.Choice(("a4", "us-letter"), default="a4")
    pdf_fonts = option.Type(str, default="")

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """As MkDocs does it, but an option that there isn't is an error: whatever it should do wouldn't be done."""
        from kb_gen.validate import meant  # noqa: PLC0415 - MkDocs loads plugins before it has read its own options

        failed, warnings = super().validate()
        known = [name for name, _ in self._schema]
        unknown = [name for name in self if name not in known]
        for name in unknown:
            hint = meant(str(name), known, f"there are {', '.join(f'`{each}`' for each in known)}")
            failed.append((str(name), ValidationError(f"there is no such option; {hint}")))
        return failed, [warning for warning in warnings if warning[0] not in unknown]


def settings_of(config: MkDocsConfig, options: KbGenConfig) -> Settings:
    """The site's settings from a validated `mkdocs.yml`."""
    path = Path(config.config_file_path).resolve()
    descriptions = dict(options.site_descriptions)
    if config.site_description:
        descriptions.setdefault(options.source_locale, config.site_description)
    return Settings(
        root=path.parent,
        config_file=path,
        site_dir=Path(config.site_dir),
        site_name=config.site_name,
        site_names=dict(options.site_names),
        site_descriptions=descriptions,
        site_url=_with_slash(config.site_url or ""),
        edit_base=_edit_base(config),
        locales=tuple(options.locales),
        source_locale=options.source_locale,
        content=options.content.strip("/"),
        translations=options.translations.strip("/"),
        engine=options.engine,
        search=options.search,
        workbench_url=options.workbench_url,
        pdf=options.pdf,
        pdf_paper=options.pdf_paper,
        pdf_fonts=options.pdf_fonts,
        site_code=tuple(Path(folder).resolve() for folder in config.theme.dirs[:1] if config.theme.custom_dir),
    )


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else f"{url}/"


def _edit_base(config: MkDocsConfig) -> str:
    """Where the project's files can be edited: `edit_uri` is meant for the folder of pages, records lie at the root."""
    if not config.repo_url or not config.edit_uri:
        return ""
    if config.edit_uri.startswith(("http://", "https://")):
        return config.edit_uri
    # MkDocs' default ends in the pages' folder; the repository's root is what comes before it.
    edit = config.edit_uri.removesuffix("/").removesuffix("docs")
    return f"{config.repo_url.rstrip('/')}/{edit.strip('/')}"


def read_settings(config_file: Path, site_dir: Path | None = None) -> Settings:
    """The settings of the project whose `mkdocs.yml` is `config_file`; `site_dir` overrides where the site goes.

    Raises:
        ConfigurationError: if the file can't be used; the message says why, a line for each reason.
    """
    config = MkDocsConfig(config_file_path=str(config_file))
    try:
        with config_file.open("rb") as file:
            config.load_file(file)
        if not (config_file.resolve().parent / (config.docs_dir or "docs")).is_dir():
            # MkDocs asks for a folder of Markdown pages; a knowledge base needs none.
            config.docs_dir = str(Path(__file__).parent / "theme")
        if site_dir is not None:
            config.site_dir = str(site_dir.resolve())
        failed, _ = config.validate()
    except Exception as reason:  # MkDocs and PyYAML raise of all kinds for a file that isn't right
        raise ConfigurationError(config_file, reason) from reason
    if failed:
        raise ConfigurationError(config_file, "; ".join(f"{key}: {reason}" for key, reason in failed))
    plugin = config.plugins.get("kb-gen")
    if not isinstance(plugin, KbGenPlugin):
        raise ConfigurationError(config_file, "the plugin `kb-gen` is not among `plugins`")
    return settings_of(config, plugin.config)


class KbGenPlugin(BasePlugin[KbGenConfig]):  # type: ignore[no-untyped-call]
    """Builds the knowledge base's site into MkDocs' output folder."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002
        """Leave MkDocs without pages: every page comes from the site builder."""
        return Files([])

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Find out whether the site can be built, before MkDocs clears the output folder: the last good site stays.

        Raises:
            PluginError: if the content has errors; each is logged. Also if the search can't be made.
        """
        from kb_gen.site.build import look_through  # noqa: PLC0415 - see `on_post_build`

        with _failures_told():
            outcome = look_through(settings_of(config, self.config), strict=config.strict)
        if outcome.failed:
            _refuse(outcome)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the site over what MkDocs has put into the output folder.

        Raises:
            PluginError: if the content has errors; each is logged. Also if the search can't be made.
        """
        # Imported late: the builder imports the engines, and MkDocs loads plugins before it has read its own options.
        from kb_gen.books import site_printer  # noqa: PLC0415
        from kb_gen.site.build import build_site  # noqa: PLC0415

        settings = settings_of(config, self.config)
        with _failures_told():
            outcome = build_site(settings, strict=config.strict, replace=True, printer=site_printer(settings))
        if outcome.failed:
            _refuse(outcome)
        _log(outcome)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Rebuild when a record or a catalog changes."""
        settings = settings_of(config, self.config)
        for folder in (settings.content, settings.translations):
            if (settings.root / folder).is_dir():
                server.watch(str(settings.root / folder))
        return server


@contextmanager
def _failures_told() -> Iterator[None]:
    from kb_gen.pdf import PdfError  # noqa: PLC0415 - see `KbGenPlugin.on_post_build`
    from kb_gen.site.fulltext import PagefindError  # noqa: PLC0415

    try:
        yield
    except (PagefindError, PdfError) as reason:
        raise PluginError(str(reason)) from reason


def _log(outcome: Outcome) -> None:
    for line in outcome.report("concise"):
        _LOG.warning(line)


def _refuse(outcome: Outcome) -> NoReturn:
    _log(outcome)
    raise PluginError("the content has errors; no site was built")
