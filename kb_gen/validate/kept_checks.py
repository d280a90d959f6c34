"""What checking the records of a shard gave, kept from one run to the next: one pack for each shard.

A pack is named by a digest of all that its content was made from: what the shard's files hold, and what all records
share. The rules are those of `kb_gen.load.cache`: whatever isn't certain is checked again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from pathlib import Path

import msgspec

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import digest, format_version, read_pack, remove_packs, write_pack
from kb_gen.validate.running import Checked

__all__ = ["checks_name", "keep_checks", "prune_checks", "recall_checks"]

_MAGIC = b"kb-gen checks\r\n\r\n"
_NAMES = re.compile(r"[0-9a-f]{32}\.checks")

_PACKAGES = ("diagnostics", "load", "markup", "messages", "model", "validate")
"""Our own code that decides on what is found."""
_LIBRARIES = ("markdown-it-py", "Pygments")

_ENCODER = msgspec.msgpack.Encoder()
_CHECKED = msgspec.msgpack.Decoder(Checked)
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


def checks_name(shard: bytes, common: bytes) -> str:
    """The name of a shard's pack; empty where it isn't certain what its records hold.

    Args:
        shard: the digest of what its files hold.
        common: the digest of what all records share.
    """
    return f"{digest(shard + common).hex()}.checks" if shard and common else ""


def recall_checks(folder: Path, name: str, paths: Set[str]) -> Checked | None:
    """What `validate_shard` gave for a shard; None where there is any doubt about it.

    Args:
        folder: where the packs lie.
        name: the shard's pack.
        paths: the shard's files, and those of what all records share.
    """
    version = format_version(_PACKAGES, _LIBRARIES)
    payload = read_pack(folder, name, _MAGIC, version) if version is not None and name else None
    try:
        checked = _CHECKED.decode(payload) if payload is not None else None
    except _DOUBTS:
        return None
    return checked if checked is not None and _is_sound(checked, paths) else None


def _is_sound(checked: Checked, paths: Set[str]) -> bool:
    """Whether nothing is said of files that the shard has nothing to do with."""
    return {facts.path for facts in checked.facts} <= paths and all(
        _is_sound_finding(finding, paths) for finding in checked.findings
    )


def _is_sound_finding(finding: Diagnostic, paths: Set[str]) -> bool:
    return all(
        place is not None and place.path in paths and 0 <= (place.start or 0) <= (place.end or place.start or 0)
        for place in (finding.place, *finding.related)
    )


def keep_checks(folder: Path, name: str, checked: Checked) -> None:
    """Keep what `validate_shard` gave for a shard. Where that is impossible, nothing happens.

    Args:
        folder: where the packs lie.
        name: the shard's pack.
        checked: what it gave.
    """
    version = format_version(_PACKAGES, _LIBRARIES)
    if version is None or not name:
        return
    try:
        payload = _ENCODER.encode(checked)
    except (UnicodeEncodeError, OverflowError):
        return
    write_pack(folder, name, _MAGIC, version, payload)


def prune_checks(folder: Path, used: Collection[str]) -> None:
    """Remove packs other than `used`."""
    remove_packs(folder, _NAMES, used)
