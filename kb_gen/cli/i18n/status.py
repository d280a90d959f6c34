"""`kb-gen i18n status`: how much is translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from kb_gen.cli.i18n.project import chosen_locales, locale_option, not_ready
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import full, unstyled
from kb_gen.load import load_project
from kb_gen.load.writing import write_atomically
from kb_gen.locales import (
    ArticleGaps,
    Coverage,
    DomainStatus,
    LocaleStatus,
    load_catalogs,
    locale_info,
    percent,
    status,
)
from kb_gen.render.svg import Bar, badge, bars

__all__ = ["command"]

_NEAREST = 5
_WIDE = 200
_COLUMNS = ("translated", "fuzzy", "missing", "share", "words")


@click.command("status")
@config_option
@locale_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--articles", is_flag=True, help="List all articles that aren't complete, not only the nearest to it.")
@click.option(
    "--badge",
    "badge_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write an SVG badge with the translated share of all chosen locales.",
)
@click.option(
    "--bar",
    "bar_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write an SVG picture with a bar for each chosen locale.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 if less than this percentage is translated into any of the locales.",
)
def command(
    config_file: Path,
    locales: tuple[str, ...],
    form: str,
    articles: bool,
    badge_file: Path | None,
    bar_file: Path | None,
    threshold: float | None,
) -> int:
    """Show what is translated, by locale, product and catalog, and which articles are nearest to complete.

    Counted are the units of the catalogs: each text once, the interface's words included. A build counts passages as
    articles show them, so a shared step counts there for every article.

    \b
    Example:
      kb-gen i18n status
      kb-gen i18n status --locale de --articles
      kb-gen i18n status --locale de --badge german.svg
      kb-gen i18n status --threshold 100
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    for line in full(not_ready(settings, loaded, tags), loaded.sources, unstyled):
        click.echo(line, err=True)
    catalogs, _ = load_catalogs(settings.root, tags, settings.translations)
    states = [status(loaded.knowledge_base, catalogs, tag, settings.source_locale) for tag in tags]
    if form == "json":
        click.echo(msgspec.json.encode({state.locale: _data(state) for state in states}).decode())
    else:
        _print(states, None if articles else _NEAREST)
    if badge_file is not None:
        _write(badge_file, _badge(states))
    if bar_file is not None:
        _write(bar_file, bars([_bar(state) for state in states], f"Translations of {settings.site_name}"))
    return 1 if threshold is not None and any(s.total.coverage.share * 100 < threshold for s in states) else 0


def _print(states: Iterable[LocaleStatus], most: int | None) -> None:
    """All tables; of articles, `most` to a locale."""
    console = Console(highlight=False)
    if not console.is_terminal:
        # Nobody's window is that narrow: a program that reads the table wants its lines whole.
        console = Console(highlight=False, width=_WIDE)
    for state in states:
        click.echo(f"Translated into {state.locale}")
        console.print(_table(state))
        if state.articles:
            count = len(state.articles)
            click.echo(f"Nearest to complete ({count} article{'' if count == 1 else 's'} with gaps):")
            console.print(_articles(state.articles[:most]))
            if most is not None and len(state.articles) > most:
                click.echo("--articles lists all of them.")
    click.echo("Counted are units of the catalogs, each text once; a build counts passages of articles.")


def _table(state: LocaleStatus) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("product", "catalog"):
        table.add_column(heading, overflow="fold")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right", no_wrap=True)
    for product in state.products:
        name = product.name or "shared"
        for number, domain in enumerate(product.domains):
            table.add_row("" if number else name, domain.domain, *_numbers(domain))
        if product.name and len(product.domains) > 1:
            table.add_row("", "together", *_numbers(product.total))
    table.add_row("all", "", *_numbers(state.total))
    return table


def _numbers(domain: DomainStatus) -> Iterator[str]:
    coverage = domain.coverage
    yield from (str(coverage.translated), str(coverage.outdated), str(coverage.missing))
    # Rounded down: nothing but all is 100 %.
    yield f"{int(coverage.share * 100)} %"
    yield f"{domain.translated_words}/{domain.words}"


def _articles(articles: Sequence[ArticleGaps]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("article", overflow="fold")
    for heading in ("gaps", "fuzzy", "missing"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("first gap", overflow="ellipsis", no_wrap=True)
    for article in articles:
        coverage = article.coverage
        table.add_row(
            article.title,
            f"{article.gaps}/{coverage.total}",
            str(coverage.outdated),
            str(coverage.missing),
            article.first,
        )
    return table


def _data(state: LocaleStatus) -> dict[str, object]:
    return {
        **_domain_data(state.total),
        "domains": {domain.domain: _domain_data(domain) for domain in state.domains},
        "products": [
            {
                "name": product.name,
                **_domain_data(product.total),
                "domains": {domain.domain: _domain_data(domain) for domain in product.domains},
            }
            for product in state.products
        ],
        "articles": {
            "complete": state.complete,
            "incomplete": [
                {
                    "title": article.title,
                    "product": article.product,
                    "path": article.path,
                    **_coverage_data(article.coverage),
                    "first": article.first,
                }
                for article in state.articles
            ],
        },
    }


def _domain_data(domain: DomainStatus) -> dict[str, object]:
    return {
        **_coverage_data(domain.coverage),
        "share": round(domain.coverage.share, 4),
        "words": domain.words,
        "translated_words": domain.translated_words,
    }


def _coverage_data(coverage: Coverage) -> dict[str, object]:
    return {"translated": coverage.translated, "fuzzy": coverage.outdated, "missing": coverage.missing}


def _badge(states: Sequence[LocaleStatus]) -> str:
    """The share of one locale under its own name, of several together."""
    coverage = sum((state.total.coverage for state in states), Coverage())
    single = states[0].locale if len(states) == 1 else None
    label = locale_info(single).name if single else "translated"
    written = percent(coverage.share, single or "en")
    return badge(label, coverage.share, written, f"{label}: {_spoken(coverage)}")


def _bar(state: LocaleStatus) -> Bar:
    coverage, name = state.total.coverage, locale_info(state.locale).name
    outdated = coverage.outdated / coverage.total if coverage.total else 0.0
    written = percent(coverage.share, state.locale)
    return Bar(name, coverage.share, outdated, written, f"{name}: {_spoken(coverage)}")


def _spoken(coverage: Coverage) -> str:
    translated = percent(coverage.share, "en")
    return f"{translated} translated, {coverage.outdated} fuzzy and {coverage.missing} missing of {coverage.total}"


def _write(file: Path, picture: str) -> None:
    try:
        write_atomically(file, picture.encode())
    except OSError as reason:
        words = (reason.strerror or type(reason).__name__).lower()
        message = f"{file} can't be written: {words}"
        raise click.UsageError(message) from reason
    click.echo(f"Wrote {file}", err=True)
