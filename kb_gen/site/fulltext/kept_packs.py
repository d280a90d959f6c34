"""What Pagefind says of words, kept between builds: worthless as soon as another program might say something else."""

from __future__ import annotations

from pathlib import Path

from kb_gen.load import digest, format_version, read_pack, write_pack
from kb_gen.site.fulltext.service import program_version

__all__ = ["keep_payload", "kept_payload"]


def kept_payload(cache: Path, file: str, kind: bytes, language: str, program: Path) -> memoryview | None:
    """What was kept; None where there is nothing that the same programs have kept.

    Args:
        cache: the folder for packs.
        file: the pack's name.
        kind: what its file begins with.
        language: as an ISO 639-1 code.
        program: Pagefind's, which has to be the one that was asked.

    Raises:
        PagefindError: if the program doesn't run.
    """
    version = _version(language, program) if (cache / file).is_file() else None
    return read_pack(cache, file, kind, version) if version else None


def keep_payload(cache: Path, file: str, kind: bytes, language: str, program: Path, payload: bytes) -> None:
    """Keep something for `kept_payload`.

    Raises:
        PagefindError: if the program doesn't run.
    """
    version = _version(language, program)
    if version:
        write_pack(cache, file, kind, version, payload)


def _version(language: str, program: Path) -> bytes | None:
    """Differs wherever other words might be found by other things."""
    own = format_version(("site",), ("numpy", "cbor2"))
    return digest(own + f"{program_version(program)}\n{language}".encode()) if own else None
