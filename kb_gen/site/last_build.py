"""How the last build ended, and all that it was made from: where nothing has changed since, there is nothing to build.

Everything that a build reads is known by the states of its files, as `kb_gen.load.states` has them, and the site by
those of its own. Whatever isn't sure to be as it was means that the site is built; that finds out again what is known.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import (
    CACHE_FOLDER,
    ContentState,
    FileState,
    changed_paths,
    content_state,
    digest,
    format_version,
    is_settled,
    read_pack,
    write_pack,
)
from kb_gen.locales import SHARED_DOMAIN, UI_DOMAIN, Coverage, package_translations
from kb_gen.site.engines.mkdocs import frame_stands
from kb_gen.site.evidence import Installation, file_state, files_below, installation, is_installed
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Output, Publication, Published, Stamp, Written
from kb_gen.site.progress import Clock
from kb_gen.site.settings import Settings

__all__ = ["BuildInputs", "Ordered", "build_inputs", "is_edit", "keep_outcome", "unchanged"]

_KIND = b"kb-gen last build\r\n"
_NAME = "last-build"
_PROGRAM = (
    *("books", "cli", "diagnostics", "document", "load", "locales", "markup", "messages", "model", "pdf", "render"),
    *("site", "validate"),
)
"""Our own code that decides on how a build ends."""

_MOST_EDITED = 200
"""Files that may have changed, if what changed is called an edit."""

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a build is asked for.

    Attributes:
        settings: what is to be built.
        strict: whether warnings and gaps in translations keep it from being built.
        output: where the site goes.
    """

    settings: Settings
    strict: bool
    output: Output


class BuildInputs(Struct, frozen=True, array_like=True):
    """The files that a build reads, before it reads them.

    Attributes:
        content: the content folder.
        catalogs: whatever lies among the catalogs, the project's and the package's.
        pages: the names of the folders of hand-written pages. Their files are the theme's frame to know of.
    """

    content: ContentState
    catalogs: tuple[FileState, ...]
    pages: tuple[str, ...]


class _LastBuild(Struct, frozen=True, array_like=True):
    """A build that succeeded.

    Attributes:
        inputs: what it read.
        used: further files that it used: those that became part of the site as they are, and programs.
        frame: `Engine.evidence`.
        programs: what was installed.
        site: the size and the mark of each file of the site, encoded: nobody asks for them where anything else differs.
        diagnostics: what it found wrong.
        pages: article pages of the site.
        coverage: how much is translated, by locale.
    """

    inputs: BuildInputs
    used: tuple[FileState, ...]
    frame: bytes
    programs: Installation
    site: msgspec.Raw
    diagnostics: tuple[Diagnostic, ...]
    pages: int
    coverage: dict[str, Coverage]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_LastBuild)
_FILES = msgspec.msgpack.Decoder(dict[str, tuple[int, bytes]])


def build_inputs(settings: Settings) -> BuildInputs:
    """What a build of a project would read now. No file is opened."""
    folders = dict.fromkeys((settings.root / settings.translations, package_translations()))
    catalogs = tuple(state for folder in folders for state in files_below(folder))
    try:
        pages = tuple(sorted(os.listdir(settings.pages)))  # noqa: PTH208 - names only
    except OSError:
        pages = ()
    return BuildInputs(content_state(settings.root, settings.content), catalogs, pages)


def unchanged(ordered: Ordered, inputs: BuildInputs) -> Outcome | None:
    """How the last build ended, if another would find the same and write nothing; else None.

    Args:
        ordered: what would be built.
        inputs: what it would read.

    Raises:
        OutputError: if the output can't be reached or read.
    """
    clock = Clock()
    clock.stage("Comparing with the last build")
    settings = ordered.settings
    last = _last_build(ordered)
    if last is None or not _stands(last, inputs, settings):
        return None
    found = ordered.output.found()
    try:
        site = _FILES.decode(last.site)
    except _DOUBTS:
        return None
    if found is None or site != _files(found):
        return None
    publication = Publication()
    publication.files = {url: Published(stamp.size, False, stamp.mark) for url, stamp in found.items()}
    publication.bytes = sum([stamp.size for stamp in found.values()])
    return Outcome(
        settings,
        last.diagnostics,
        failed=False,
        pages=last.pages,
        publication=publication,
        coverage=last.coverage,
        timings=clock.timings(),
    )


def is_edit(ordered: Ordered, inputs: BuildInputs) -> bool:
    """Whether the last build was asked for the same, and read nearly the same: then there is likely to be little to do.

    There isn't where something has changed that many articles share.

    Args:
        ordered: what is to be built.
        inputs: what it reads.
    """
    last = _last_build(ordered)
    if last is None or not is_installed(last.programs) or last.inputs.content.shared != inputs.content.shared:
        return False
    catalogs = {state.path for state in {*last.inputs.catalogs} ^ {*inputs.catalogs}}
    if not {Path(path).stem for path in catalogs}.isdisjoint((UI_DOMAIN, SHARED_DOMAIN)):
        return False
    return len(catalogs | changed_paths(last.inputs.content, inputs.content)) <= _MOST_EDITED


def keep_outcome(
    ordered: Ordered, outcome: Outcome, inputs: BuildInputs, used: Iterable[Path], frame: bytes | None
) -> None:
    """Keep how a build ended, as far as the next can be sure of what it was made from; else nothing is kept.

    Args:
        ordered: what was asked for.
        outcome: how it ended.
        inputs: what `build_inputs` gave before the build.
        used: further files that were used.
        frame: `Engine.evidence`.
    """
    version = _version(ordered)
    programs = installation(())
    states = [file_state(os.fspath(path)) for path in dict.fromkeys(used)]
    known = [state for state in states if state is not None]
    read = (*inputs.content.files, *inputs.content.shared, *inputs.catalogs, *known)
    sure = len(known) == len(states) and all(is_settled(state, inputs.content.taken) for state in read)
    if version is None or programs is None or frame is None or not sure:
        return
    try:
        last = _LastBuild(
            inputs,
            tuple(known),
            frame,
            programs,
            msgspec.Raw(_ENCODER.encode(_files(outcome.publication.files))),
            outcome.diagnostics,
            outcome.pages,
            dict(outcome.coverage),
        )
        write_pack(ordered.settings.root / CACHE_FOLDER, _NAME, _KIND, version, _ENCODER.encode(last))
    except _DOUBTS:
        return


def _last_build(ordered: Ordered) -> _LastBuild | None:
    """The last build that was asked for the same, if anything is known of it."""
    version = _version(ordered)
    payload = read_pack(ordered.settings.root / CACHE_FOLDER, _NAME, _KIND, version) if version else None
    try:
        return None if payload is None else _DECODER.decode(payload)
    except _DOUBTS:
        return None


def _stands(last: _LastBuild, now: BuildInputs, settings: Settings) -> bool:
    """Whether all that a build was made from is as it was."""
    if not is_installed(last.programs) or any(file_state(state.path) != state for state in last.used):
        return False
    if (now.catalogs, now.pages) != (last.inputs.catalogs, last.inputs.pages):
        return False
    return not changed_paths(last.inputs.content, now.content) and frame_stands(
        last.frame, settings.root / CACHE_FOLDER
    )


def _version(ordered: Ordered) -> bytes | None:
    """Differs wherever a build is another because of what it was asked for, or of this program."""
    program = format_version(_PROGRAM)
    # PDF files bear the date that the environment asks for.
    date = os.environ.get("SOURCE_DATE_EPOCH") if ordered.settings.pdf != "none" else None
    asked = repr((ordered.settings, ordered.strict, ordered.output.describe(), date)).encode("utf-8", "surrogatepass")
    return digest(program + asked) if program else None


def _files(files: Mapping[str, Stamp | Published | Written]) -> dict[str, tuple[int, bytes]]:
    """The files of a site, as they are kept: putting them in order for a digest would take longer than keeping them."""
    return {url: (file.size, file.mark) for url, file in files.items()}
