"""What makes Event Viewer's "Event Log Online Help" lead to a site: a file for the registry, a link for a manifest.

Sources: Microsoft's page "Online Event Information" (Windows Server 2008), which names the registry values, and
"ProviderType Complex Type" of the event manifest's schema, which has `helpLink`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import quoteattr

from kb_gen.model import Product

__all__ = ["MICROSOFTS", "address_fault", "help_links", "registry_file"]

MICROSOFTS = "http://go.microsoft.com/fwlink/events.asp"
"""The address that Windows comes with."""

_KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Event Viewer"
_VALUE = "MicrosoftRedirectionURL"
_LONGEST = 2000
_UNSAFE = frozenset('"\\<>^`{|}')


def address_fault(address: str) -> str:
    """Why an address can't be asked by Event Viewer, or means another thing in some syntax that it is put into.

    Returns:
        The reason, or nothing if there is none.
    """
    if len(address) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if not address.isascii() or not address.isprintable() or " " in address or _UNSAFE & set(address):
        return "everything but ASCII letters, digits and what separates them has to be percent-encoded"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "its host or its port can't be right"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "it doesn't begin with https:// or http:// and a host"
    if "@" in parts.netloc:
        return "it has a user's name or password in it, which every computer with the setting would show"
    if port == 0:
        return "its host or its port can't be right"
    return "Event Viewer itself adds a query behind it" if "?" in address or "#" in address else ""


def registry_file(address: str) -> bytes:
    """A file for `reg import` and a double click that makes Event Viewer ask at an address, see `address_fault`."""
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
