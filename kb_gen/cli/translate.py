"""`kb-gen translate`: the translators' workbench."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import re
import secrets
import socket
import webbrowser
from pathlib import Path

import click

from kb_gen.cli.project import config_option, project_settings
from kb_gen.locales import UnknownLocale, catalog_path, locale_info
from kb_gen.preview import Address, PortError, listen, stopped_by_signals
from kb_gen.preview.workbench import AlreadyOpen, WorkbenchPlan, is_loopback, languages, serve_workbench
from kb_gen.site.settings import Settings

__all__ = ["command"]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}")
_TRANSLATOR = re.compile(r"[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>")


@click.command("translate")
@config_option
@click.option("--locale", "-l", "tag", required=True, metavar="TAG", help="The locale to translate into.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address under which to serve.")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8650, show_default=True, help="0: any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the workbench in the browser.")
@click.option("--token", metavar="TEXT", help="What a browser has to show; made up where other machines are served.")
@click.option("--translator", metavar="NAME <MAIL>", help="Say in changed catalogs who translated last, and when.")
@click.option("--ui-language", metavar="TAG", help="Language of the workbench itself; that of the browser by default.")
def command(  # noqa: PLR0913, PLR0917 - one for each option
    config_file: Path,
    tag: str,
    host: str,
    port: int,
    open_browser: bool,
    token: str | None,
    translator: str | None,
    ui_language: str | None,
) -> int:
    """Translate article by article, with the page beside the texts.

    What you save is in the catalog at once, entry by entry. Poedit, git and other translators may change the same
    files meanwhile. Ctrl-C ends it.

    \b
    Example:
      kb-gen translate --locale de --open
      kb-gen translate --locale de --translator "Lee Rossi <lee@example.com>"
      kb-gen translate --locale de --host 0.0.0.0

    Exit codes: 0 ended by you, 2 wrong usage.
    """
    settings = project_settings(config_file)
    locale = _locale(settings, tag)
    if ui_language is not None and ui_language not in languages():
        raise click.UsageError(f"the workbench doesn't speak `{ui_language}`; it speaks: {', '.join(languages())}")
    if token is not None and not _TOKEN.fullmatch(token):
        raise click.UsageError("a token needs 16 or more letters, digits, `-` or `_`, or it is guessed")
    if translator is not None and not _TRANSLATOR.fullmatch(translator):
        raise click.UsageError('write the translator as gettext does: --translator "Lee Rossi <lee@example.com>"')
    try:
        address = listen(host, port)
    except PortError as reason:
        raise click.ClickException(str(reason)) from reason
    if token is None:
        token = "" if is_loopback(address) else secrets.token_urlsafe(24)
    shown = f"{address.url}?token={token}" if token else address.url
    plan = WorkbenchPlan(locale, token, translator or "", ui_language or "")
    gc.enable()  # unlike other commands, this one stays for hours

    observer = _Terminal(locale, shown, _elsewhere(address, token), open_browser)

    async def run() -> None:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            await serve_workbench(settings, plan, address, stop, observer)

    try:
        asyncio.run(run())
    except AlreadyOpen as reason:
        raise click.ClickException(str(reason)) from reason
    return 0


def _elsewhere(address: Address, token: str) -> str:
    """What people at other machines open, where all addresses of this one are served; else nothing."""
    if not token or not ipaddress.ip_address(str(address.listener.getsockname()[0]).partition("%")[0]).is_unspecified:
        return ""
    return f"http://{socket.gethostname()}:{address.listener.getsockname()[1]}/?token={token}"


class _Terminal:
    """Tells the terminal how a workbench does, and opens the browser if that is wanted."""

    def __init__(self, locale: str, address: str, elsewhere: str, open_browser: bool) -> None:
        self._locale = locale
        self._address = address
        self._elsewhere = elsewhere
        self._open_browser = open_browser

    def serving(self) -> None:
        click.echo(f"Translating into {self._locale} at {self._address} (Ctrl-C ends it)")
        if self._elsewhere:
            click.echo(f"From other machines: {self._elsewhere}")
        if self._open_browser:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, self._address)

    def opened(self, returned: int, problem: str) -> None:
        if problem:
            click.echo(f"kb-gen: {problem}", err=True)
        if returned:
            click.echo(
                f"Put back what an earlier session had saved and the catalogs had lost. Translations: {returned}"
            )


def _locale(settings: Settings, wanted: str) -> str:
    """The tag of a locale that can be translated into."""
    try:
        tag = locale_info(wanted).tag
    except UnknownLocale as reason:
        raise click.BadParameter(str(reason), param_hint="--locale") from reason
    if tag not in settings.locales:
        raise click.UsageError(f"the project has no locale `{tag}`; it has: {', '.join(settings.locales)}")
    folder = (settings.root / catalog_path(settings.translations, tag, "ui")).parent
    if any(folder.glob("*.po")):
        return tag
    if tag == locale_info(settings.source_locale).tag:
        raise click.UsageError(f"the records are written in {tag}: there is nothing to translate into it")
    raise click.UsageError(f"there are no catalogs of {tag} yet; write them: kb-gen i18n update --locale {tag}")
