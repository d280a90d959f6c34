"""The name that a unit has in addresses, the same wherever the unit is met, and its address in the workbench."""

from __future__ import annotations

import base64
import hashlib

from kb_gen.locales.po import lookup_key

__all__ = ["is_address", "unit_address", "unit_id"]


def unit_id(domain: str, context: str | None, msgid: str) -> str:
    """Sixteen letters and digits that stand for a unit: for its catalog, its context and its source text.

    They change when the text does, as the entry of the catalog does. The chance that any two of a million units have
    the same is below one in a trillion.

    Args:
        domain: the catalog it belongs to.
        context: its msgctxt; an empty one is none.
        msgid: its source text.
    """
    told = f"{domain}\0{lookup_key(context, msgid)}".encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.blake2b(told, digest_size=10).digest()).decode("ascii").lower()


def unit_address(workbench: str, domain: str, context: str | None, msgid: str) -> str:
    """Where a unit opens in the translators' workbench.

    Args:
        workbench: the address of the workbench itself, with a slash at the end.
        domain: see `unit_id`, as for the others.
        context: its msgctxt.
        msgid: its source text.
    """
    return f"{workbench}unit/{unit_id(domain, context, msgid)}"


def is_address(note: str) -> bool:
    """Whether a comment of an entry is an address alone, such as that of its unit."""
    return note.startswith(("http://", "https://")) and " " not in note
