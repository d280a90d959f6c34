"""`kb-gen serve`: the site while it is being written."""

from __future__ import annotations

import asyncio
import gc
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click

from kb_gen.cli.output import count_line, show_first_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Diagnostic
from kb_gen.preview import Plan, PortError, Report, listen, serve, stopped_by_signals, watched

__all__ = ["command"]


@click.command("serve")
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address under which to serve.")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--locale", "-l", "locales", multiple=True, help="Build only this locale, which is faster; repeatable.")
@click.option("--strict", is_flag=True, help="Take warnings and missing or outdated translations for errors.")
def command(config_file: Path, host: str, port: int, open_browser: bool, locales: tuple[str, ...], strict: bool) -> int:
    """Show the site in a browser and keep it up to date while you edit records, catalogs and pages.

    What keeps the site from being built is shown over the last good page. Ctrl-C ends it.

    \b
    Example:
      kb-gen serve --open
      kb-gen serve --locale de --port 8080

    Exit codes: 0 ended by you, 2 wrong usage.
    """
    settings = project_settings(config_file)
    for locale in locales:
        if locale not in settings.locales:
            raise click.UsageError(f"the project has no locale `{locale}`; it has: {', '.join(settings.locales)}")
    try:
        address = listen(host, port, settings.site_url)
    except PortError as reason:
        raise click.ClickException(str(reason)) from reason
    gc.enable()  # unlike other commands, this one stays for hours
    plan = Plan(settings.config_file, tuple(tag for tag in settings.locales if tag in locales), strict)
    observer = _OpeningTerminal() if open_browser else _Terminal()

    async def run() -> None:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            await serve(plan, watched(settings), address, observer, stop)

    asyncio.run(run())
    return 0


class _Terminal:
    """Tells the terminal what a preview does: a line each build, and findings that weren't there before."""

    def __init__(self) -> None:
        self._shown: tuple[Diagnostic, ...] = ()

    def serving(self, address: str) -> None:
        click.echo(f"Serving {address} (Ctrl-C ends it)")

    def built(self, report: Report, changes: Sequence[str]) -> None:
        if report.diagnostics != self._shown:
            show_first_findings(report.diagnostics, report.texts.get)
        self._shown = report.diagnostics
        click.echo(f"{_because(changes)}{_outcome(report)}")


class _OpeningTerminal(_Terminal):
    """Opens the browser as well, once there is something to see."""

    def serving(self, address: str) -> None:
        super().serving(address)
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)


def _because(changes: Sequence[str]) -> str:
    if not changes:
        return ""
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{changes[0]}{more}: "


def _outcome(report: Report) -> str:
    took = f"in {report.seconds:.1f} s"
    if report.breakdown:
        return f"no build was possible.\n{report.breakdown}"
    if not report.built:
        return f"not built, {count_line(report.diagnostics)}; the last good site stays ({took})"
    if not report.changed and not report.removed:
        return f"nothing to renew ({took})"
    files = f"{report.changed} file{'' if report.changed == 1 else 's'} renewed"
    removed = f", {report.removed} removed" if report.removed else ""
    return f"{files}{removed} {took}"
