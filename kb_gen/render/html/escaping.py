"""The one place where text becomes HTML."""

from __future__ import annotations

from collections.abc import Callable

import markupsafe

__all__ = ["Html", "escaped", "lang_attribute"]

Html = str
"""A string that is HTML already: every text in it has been through `escaped`.

Plain strings, because an article's thousand pieces as `markupsafe.Markup` take three times as long; what leaves this
package for a template is `Markup` again.
"""


def _replaced(text: str) -> Html:
    return (
        text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&#34;")
    )


# An article has hundreds of texts: what is in C is called without the class that its callers put around the result.
# Markupsafe before version 3 doesn't have it.
escaped: Callable[[str], Html] = getattr(markupsafe, "_escape_inner", _replaced)
"""A text as HTML, in elements and in quoted attributes; writes what `markupsafe.escape` writes."""


def lang_attribute(lang: str | None) -> Html:
    """The attribute that names a language, nothing where it is the page's."""
    return f' lang="{escaped(lang)}"' if lang else ""
