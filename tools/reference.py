"""Writes the generated pages of the manual and the JSON Schemas: `reference.py`, or `reference.py --check` to compare.

What the program knows about itself is said once, in its code; these pages are made from that.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from inspect import cleandoc, getdoc
from pathlib import Path
from typing import Any

import click
import msgspec
from click.testing import CliRunner
from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption
from msgspec import inspect as types
from record_examples import EXAMPLES

from kb_gen.cli.main import cli
from kb_gen.cli.schema import command as schema_command
from kb_gen.diagnostics import codes, manual_page
from kb_gen.load import SCHEMAS
from kb_gen.model import Action, Category, Command, EventSource, Parameter, Product, Record, Reference, Step, Variant
from kb_gen.site.plugin import KbGenConfig
from kb_gen.site.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = "docs/reference"
SCHEMA_FOLDER = "schema"
_WIDTH = 88

_ABOUT_CODES = """\
Every finding has a code in brackets: `error[unknown-parameter]: …`. A code keeps its name and meaning. Each has a page
with the cause, the cure and an example; `kb-gen explain-code CODE` says the same in a terminal."""

_ABOUT_FIELDS = """\
Leave out the optional fields about which you have nothing to say; an empty value is an error.
[Writing records](../writing-records.md) shows how the fields work together."""


def generated_files() -> dict[str, str]:
    """Every generated file: its path below the project's root, and its text."""
    files = {
        f"{PAGES}/cli.md": cli_page(),
        f"{PAGES}/codes.md": codes_page(),
        f"{PAGES}/record.md": record_page(),
        f"{PAGES}/configuration.md": configuration_page(),
    }
    files |= {f"{PAGES}/codes/{code}.md": manual_page(code) for code in codes()}
    files |= {f"{SCHEMA_FOLDER}/{kind}.json": _schema(kind) for kind in SCHEMAS}
    return files


def _schema(kind: str) -> str:
    done = CliRunner().invoke(schema_command, [kind], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


# The command line


def cli_page() -> str:
    """The help of every command, as a terminal shows it."""
    parts = [
        "# Command line",
        "Each text is what the command says when it is called with `--help`.",
        *(f"{'#' * (depth + 2)} `{name}`\n\n```text\n{text}\n```" for depth, name, text in _helps()),
    ]
    return "\n\n".join(parts) + "\n"


def _helps(
    command: click.Command = cli, name: str = "kb-gen", above: click.Context | None = None, depth: int = 0
) -> Iterator[tuple[int, str, str]]:
    context = click.Context(
        command, info_name=name, parent=above, max_content_width=_WIDTH, terminal_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )  # fmt: skip
    yield min(depth, 2), context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _helps(found, inner, context, depth + 1)


# Codes


def codes_page() -> str:
    """Every code with its title, leading to its page."""
    rows = [f"| [`{code.name}`](codes/{code.name}.md) | {_cell(code.title)} |" for code in codes().values()]
    parts = [
        "# Codes",
        _ABOUT_CODES,
        "\n".join(["| code | what is wrong |", "| --- | --- |", *rows]),
    ]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# Records and what they share

_RECORD_FILES: tuple[tuple[str, str, tuple[type, ...]], ...] = (
    (
        "Records",
        "`content/<product>/<source>/<id>.yml`: one record, or a list of them.",
        (Record, Variant, Parameter, Action, Step, Command, Reference),
    ),
    (
        "Products",
        "`content/products.yml`: a mapping from the key that records use to a product.",
        (Product, EventSource),
    ),
    (
        "Categories",
        "`content/categories.yml`: a mapping from a category's name in the log to what it means.",
        (Category,),
    ),
    (
        "Snippets",
        "`content/snippets.yml`: a mapping from the name that `use` gives to a [step](#step).",
        (),
    ),
)


def record_page() -> str:
    """Every field of the files in the content folder."""
    parts = [
        "# Fields of the content files",
        _ABOUT_FIELDS,
    ]
    for title, where, models in _RECORD_FILES:
        parts += [f"## {title}", where]
        for model in models:
            parts += _model(model)
    return "\n\n".join(parts) + "\n"


def _model(model: type) -> Iterator[str]:
    yield f"### {model.__name__}"
    yield _one_line(getdoc(model) or "")
    inherited = set(Step.__struct_fields__) if model is Action else set()
    if inherited:
        yield "It has all fields of a [step](#step), and:"
    info = types.type_info(model)
    assert isinstance(info, types.StructType)
    for field in info.fields:
        if field.name not in inherited:
            yield f"#### `{field.name}` {{ #{model.__name__.lower()}-{field.name.replace('_', '-')} }}"
            yield f"*{_kind(field.type)}; {_presence(field)}*"
            yield _description(field.type)
            yield f"```yaml\n{EXAMPLES[model][field.name]}\n```"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n\n", maxsplit=1)[0].split())


def _description(field: types.Type) -> str:
    if isinstance(field, types.Metadata) and field.extra_json_schema:
        return str(field.extra_json_schema["description"])
    raise AssertionError(f"a field without a description: {field}")


def _presence(field: types.Field) -> str:
    if field.required:
        return "must be there"
    if field.default not in (msgspec.NODEFAULT, None, "", ()):
        value = field.default
        return f"`{str(value).lower() if isinstance(value, bool) else value}` unless set"
    return "optional"


def _kind(field: types.Type) -> str:
    match field:
        case types.Metadata():
            return _kind(field.type)
        case types.UnionType():
            (inner,) = (kind for kind in field.types if not isinstance(kind, types.NoneType))
            return _kind(inner)
        case types.EnumType():
            return "one of " + ", ".join(f"`{value.value}`" for value in field.cls)
        case types.StructType():
            name = field.cls.__name__
            return f"[{name}](#{name.lower()})"
        case types.VarTupleType():
            return f"list of {_kind(field.item_type)}"
        case types.DictType():
            return f"mapping from {_kind(field.key_type)} to {_kind(field.value_type)}"
        case _:
            plain: Mapping[type, str] = {
                types.StrType: "text",
                types.IntType: "number",
                types.BoolType: "`true` or `false`",
                types.DateType: "date, `YYYY-MM-DD`",
            }
            return plain[type(field)]


# Configuration


def configuration_page() -> str:
    """The options of the plugin and the settings that matter beside them."""
    meanings = _attributes(Settings)
    rows = [
        f"| `{name}` | {_option_kind(option)} | `{_flow(option.default)}` | {_cell(meanings[name])} |"
        for name, option in KbGenConfig._schema  # noqa: SLF001 - MkDocs has no other list of a configuration's options
    ]
    table = "\n".join(["| option | type | default | meaning |", "| --- | --- | --- | --- |", *rows])
    return (Path(__file__).parent / "configuration.md").read_text(encoding="utf-8").replace("{options}", table)


def _option_kind(option: BaseConfigOption[Any]) -> str:
    match option:
        case config_options.Choice():
            return "one of " + ", ".join(f"`{choice}`" for choice in option.choices)
        case config_options.ListOfItems():
            return "list of locales"
        case config_options.DictOfItems():
            return "mapping from locale to text"
        case config_options.URL():
            return "address"
        case _:
            return "text"


def _flow(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _attributes(documented: type) -> dict[str, str]:
    """What a Google-style docstring says of each attribute, as sentences."""
    section = cleandoc(documented.__doc__ or "").partition("Attributes:\n")[2].split("\n\n")[0]
    found = re.findall(r"^ {4}(\w+): (.+(?:\n {6,}.+)*)", section, re.MULTILINE)
    return {name: " ".join(f"{text[0].upper()}{text[1:]}".split()) for name, text in found}


# Writing and comparing


def _stray(files: Mapping[str, str]) -> list[str]:
    """Generated files of former times."""
    folders = ((PAGES, "**/*.md"), (SCHEMA_FOLDER, "*.json"))
    present = [path for folder, pattern in folders for path in sorted((ROOT / folder).glob(pattern))]
    return [name for path in present if (name := path.relative_to(ROOT).as_posix()) not in files]


def write(files: Mapping[str, str]) -> list[str]:
    """Write what isn't there or differs, and remove what isn't generated any more. Gives a line for each."""
    said = []
    for name, text in files.items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            said.append(f"Wrote {name}")
    for name in _stray(files):
        (ROOT / name).unlink()
        said.append(f"Removed {name}")
    return said


def differences(files: Mapping[str, str]) -> Iterator[str]:
    """What `write` would change, as the lines of a diff."""
    for name, text in files.items():
        path = ROOT / name
        present = path.read_text(encoding="utf-8") if path.is_file() else ""
        yield from difflib.unified_diff(
            present.splitlines(), text.splitlines(), name, f"{name} (generated)", lineterm=""
        )
    for name in _stray(files):
        yield f"{name} is not generated any more"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 and a diff where a file is out of date.")
def main(check: bool) -> None:
    """Write the manual's generated pages and the schemas."""
    files = generated_files()
    if not check:
        for line in write(files) or ["Everything is up to date."]:
            click.echo(line)
        return
    found = list(differences(files))
    if found:
        click.echo("\n".join([*found, "", "Out of date; run `make reference`."]))
        sys.exit(1)


if __name__ == "__main__":
    main()
