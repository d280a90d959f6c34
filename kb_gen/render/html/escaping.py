"""The one place where text becomes HTML."""

from __future__ import annotations

__all__ = ["Html", "escaped", "lang_attribute"]

Html = str
"""A string that is HTML already: every text in it has been through `escaped`.

Plain strings, because an article's thousand pieces as `markupsafe.Markup` take three times as long; what leaves this
package for a template is `Markup` again.
"""


def escaped(text: str) -> Html:
    """A text as HTML, in elements and in quoted attributes; writes what `markupsafe.escape` writes."""
    return (
        text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&#34;")
    )


def lang_attribute(lang: str | None) -> Html:
    """The attribute that names a language, nothing where it is the page's."""
    return f' lang="{escaped(lang)}"' if lang else ""
