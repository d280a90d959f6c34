"""What the search box of a locale is told: where the index is, and what it can't do."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kb_gen.locales import Localizer
from kb_gen.site.engines import Asset

__all__ = ["reader_file"]


def reader_file(localizer: Localizer, bundles: Sequence[str]) -> Asset:
    """The file that the search worker of a locale loads first; a script, because `file://` allows no other.

    Args:
        localizer: words in the locale.
        bundles: the bundles of the full-text index, the first one first; none where there is no such index.
    """
    note = (
        localizer.text("Full-text search needs a web server. IDs, sources and symbolic names are found here, too.")
        if bundles
        else localizer.text("The search finds IDs, sources and symbolic names.")
    )
    data = {
        "language": localizer.locale.tag,
        "bundles": list(bundles),
        "note": note,
    }
    return Asset(f"{localizer.locale.path}/search/settings.js", b"self.kbSearch=" + msgspec.json.encode(data) + b"\n")
