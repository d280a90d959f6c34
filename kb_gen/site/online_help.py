"""What makes Event Viewer's "Event Log Online Help" lead to a site: a file for the registry, a link for a manifest.

Sources: Microsoft's page "Online Event Information" (Windows Server 2008), which names the registry values, and
"ProviderType Complex Type" of the event manifest's schema, which has `helpLink`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import quoteattr

from kb_gen.model import Product

__all__ = ["MICROSOFTS", "help_links", "is_help_address", "registry_file"]

MICROSOFTS = "http://go.microsoft.com/fwlink/events.asp"
"""The address that Windows comes with."""

_KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Event Viewer"
_VALUE = "MicrosoftRedirectionURL"
_LONGEST = 2000
_UNSAFE = frozenset('"\\<>^`{|}')


def is_help_address(address: str) -> bool:
    """Whether an address is one that Event Viewer can open, and that means the same in every syntax it is put into."""
    if len(address) > _LONGEST or not address.isascii() or not address.isprintable() or _UNSAFE & set(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and " " not in address
        and not (parts.query or parts.fragment)
    )


def registry_file(address: str) -> bytes:
    """A file for `reg import` and a double click that makes Event Viewer ask at an address, see `is_help_address`."""
    lines = ("Windows Registry Editor Version 5.00", "", f"[{_KEY}]", f'"{_VALUE}"="{address}"', "")
    # As the Registry Editor itself writes such files: UTF-16, least byte first, with a mark that says so.
    return b"\xff\xfe" + "".join([f"{line}\r\n" for line in lines]).encode("utf-16-le")


def help_links(address: str, products: Mapping[str, Product]) -> dict[str, str]:
    """For each product the attribute of a `provider` element in an instrumentation manifest, by the product's key.

    Event Viewer adds the event's ID and source, and the reader's language.
    """
    return {
        key: f"helpLink={quoteattr(address + '?ProdName=' + quote(product.name, safe=''))}"
        for key, product in products.items()
    }
