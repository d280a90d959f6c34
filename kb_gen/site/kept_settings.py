"""A project's settings, kept from one command to the next, so that MkDocs isn't loaded for them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.load import CACHE_FOLDER, digest, read_pack, write_pack
from kb_gen.site.evidence import Installation, ProjectEvidence, confirm, evidence_of, installation, is_installed
from kb_gen.site.settings import Settings

__all__ = ["project_settings"]

_KIND = b"kb-gen settings\r\n"
_NAME = "settings"

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class _Kept(Struct, frozen=True, array_like=True):
    """Settings, with evidence of the configuration and of the programs that read it."""

    project: ProjectEvidence
    programs: Installation
    settings: Settings


def _path(_: type[Path], value: str) -> Path:
    return Path(value)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_DECODER = msgspec.msgpack.Decoder(_Kept, dec_hook=_path)


def project_settings(config_file: Path, site_dir: Path | None = None) -> Settings:
    """What `kb_gen.site.plugin.read_settings` gives, from the project's cache folder if nothing has changed.

    Raises:
        ConfigurationError: if the file can't be used; the message says why, a line for each reason.
    """
    path = config_file.resolve()
    cache = path.parent / CACHE_FOLDER
    key = digest(repr((path, site_dir and site_dir.resolve())).encode("utf-8", "surrogatepass"))
    found = _read(cache, key)
    return found.settings if found else _read_anew(config_file, site_dir, cache, key)


def _read(cache: Path, key: bytes) -> _Kept | None:
    payload = read_pack(cache, _NAME, _KIND, key)
    if payload is None:
        return None
    try:
        kept = _DECODER.decode(payload)
    except _DOUBTS:
        return None
    project = confirm(kept.project) if is_installed(kept.programs) else None
    if project is None:
        return None
    if project != kept.project:
        _write(cache, key, msgspec.structs.replace(kept, project=project))
    return kept


def _read_anew(config_file: Path, site_dir: Path | None, cache: Path, key: bytes) -> Settings:
    # Late: these load MkDocs.
    from kb_gen.site.engines.mkdocs.provenance import provenance  # noqa: PLC0415
    from kb_gen.site.plugin import read_settings  # noqa: PLC0415

    origin = provenance(config_file)
    before = evidence_of(origin.settings) if origin else None
    settings = read_settings(config_file, site_dir)
    programs = installation(())
    project = confirm(before) if before else None
    if project is not None and programs is not None:
        _write(cache, key, _Kept(project, programs, settings))
    return settings


def _write(cache: Path, key: bytes, kept: _Kept) -> None:
    try:
        write_pack(cache, _NAME, _KIND, key, _ENCODER.encode(kept))
    except _DOUBTS:
        return
