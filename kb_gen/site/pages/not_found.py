"""What a reader sees at an address that doesn't exist."""

from __future__ import annotations

from kb_gen.site.context import LocaleSite
from kb_gen.site.pages.frame import render

__all__ = ["not_found_body"]


def not_found_body(site: LocaleSite, base: str) -> str:
    """The body for one locale. `base` is the path of the site's root on its server, with a slash at its end."""
    return render("not_found.html", site, "", base=f"{base}{site.path}/")
