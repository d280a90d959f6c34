"""What `import` and `drift` share: the product that a folder belongs to, and the files that are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kb_gen.cli.project import config_option
from kb_gen.importers import FORMATS, Imported, Reading, in_source_languages, lacks_source, with_source
from kb_gen.importers.formats.text_files import is_charset, read_text_file
from kb_gen.load import Loaded, is_source_name
from kb_gen.locales import UnknownLocale, locale_info
from kb_gen.model import KnowledgeBase, slug
from kb_gen.site.settings import Settings

__all__ = ["FileOptions", "file_options", "product_of", "read_files", "texts_of"]


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What is read, and which product it belongs to, as the user said it.

    Attributes:
        name: the format.
        files: the files.
        config_file: the project's configuration.
        into: the product's folder; None where the user named none.
        source: the event source; may be empty, as those below.
        version: the product version that the files belong to.
        encoding: what they are encoded in.
        language: the language that they are in.
    """

    name: str
    files: tuple[Path, ...]
    config_file: Path
    into: Path | None
    source: str
    version: str
    encoding: str
    language: str

    def reading(self, product: str) -> Reading:
        """How the files are to be read, for a product of this key."""
        return Reading(product, self.source, self.version, self.encoding, self.language)


def _known_encoding(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if name and not is_charset(name):
        raise click.BadParameter(f"nobody knows an encoding `{name}`: name one such as `cp1252`")
    return name


def file_options(*formats: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Gives a command arguments and options that say what is read, in one of some formats, as its first argument."""
    options = (
        click.argument("name", metavar="FORMAT", type=click.Choice(formats)),
        click.argument(
            "files",
            metavar="FILE...",
            nargs=-1,
            required=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
        ),
        config_option,
        click.option(
            "--into",
            type=click.Path(path_type=Path),
            help="The product's folder, such as content/exchange.",
        ),
        click.option("--source", default="", help="The event source, where the file names none."),
        click.option("--version", default="", help="The product version that the file belongs to."),
        click.option(
            "--encoding",
            default="",
            callback=_known_encoding,
            help="What the file is encoded in, where that can't be seen.",
        ),
        click.option("--language", default="", metavar="TAG", help="The language of the file, where it doesn't tell."),
    )

    def with_options(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def gathered(**values: Any) -> int:  # noqa: ANN401 - as click gives them
            own = {name: values.pop(name) for name in FileOptions.__slots__}
            return command(FileOptions(**own), **values)

        for option in reversed(options):
            gathered = option(gathered)
        return gathered

    return with_options


def product_of(options: FileOptions, settings: Settings, kb: KnowledgeBase) -> str:
    """The key of the product that the files belong to. Raises a usage error if the folder can be none's."""
    into = options.into
    if into is None:
        raise click.UsageError(f"say which product it belongs to: --into {settings.content}/PRODUCT")
    content = (settings.root / settings.content).resolve()
    folder = into.resolve()
    if folder.exists() and not folder.is_dir():
        raise click.BadParameter(f"`{into}` is a file, and no product's folder", param_hint="--into")
    if folder.parent != content or folder.name == "pages":
        raise click.BadParameter(
            f"`{into}` is no product's folder: name one directly below {settings.content}/", param_hint="--into"
        )
    known = next((key for key in kb.products if slug(key) == folder.name), None)
    if known is None and slug(folder.name) != folder.name:
        raise click.BadParameter(
            f"a product's folder has lower case letters, digits and hyphens: `{slug(folder.name)}`", param_hint="--into"
        )
    return known or folder.name


def read_files(options: FileOptions, product_key: str, kb: KnowledgeBase) -> Imported:
    """What the files have, each event with its source and in the language of that.

    Raises a usage error where nobody knows the source.
    """
    reading = options.reading(product_key)
    if reading.source and not is_source_name(reading.source):
        raise click.BadParameter(
            "that is no name of an event source: write it as the log shows it", param_hint="--source"
        )
    # What identifies a version is written as a source's name is.
    if reading.version and not is_source_name(reading.version):
        raise click.BadParameter("write it in one line, with a letter or digit, such as `15.2`", param_hint="--version")
    if reading.locale:
        try:
            locale_info(reading.locale)
        except UnknownLocale as reason:
            raise click.BadParameter(str(reason), param_hint="--language") from reason
    imported = FORMATS[options.name].read(options.files, reading)
    product = kb.products.get(reading.product)
    if not lacks_source(imported):
        return in_source_languages(imported, product)
    known = list(product.sources) if product else []
    if len(known) != 1:
        have = f"; {reading.product} has {', '.join(known)}" if known else ""
        raise click.UsageError(f"the file doesn't say which event source it belongs to{have}: name it with --source")
    return in_source_languages(with_source(imported, known[0]), product)


def texts_of(files: Sequence[Path], encoding: str, loaded: Loaded) -> Callable[[str], str | None]:
    """The texts that findings point into: those of the files that were read, and of the project's."""
    named = {file.as_posix(): file for file in files}

    def text(path: str) -> str | None:
        if path not in named:
            return loaded.sources(path)
        found, _ = read_text_file(named[path], encoding)
        return found.text if found else None

    return text
