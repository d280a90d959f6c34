"""Names that programmers give to an event's data, as words for readers."""

from __future__ import annotations

import re

__all__ = ["readable_name"]

_WORD = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?=[A-Z])|[0-9]+")
_SHORT = frozenset(
    (
        "acl", "api", "cpu", "crc", "csp", "db", "dll", "dn", "dns", "fqdn", "guid", "html", "http", "https", "id",
        "iis", "io", "ip", "json", "ldap", "lun", "mac", "nic", "os", "pid", "ram", "rpc", "sid", "smtp", "sql", "ssl",
        "tcp", "tid", "tls", "udp", "upn", "uri", "url", "utc", "uuid", "vm", "wmi", "xml",
    )
)  # fmt: skip
"""Abbreviations that are written in capitals, however an identifier has them."""


def readable_name(identifier: str) -> str:
    """`SourcePath` as "source path", `workflowId` as "workflow ID", `param1` as "param 1".

    The identifier itself if it has no words.
    """
    words = _WORD.findall(identifier.replace("IPv", "ipv"))
    return " ".join(map(_spelled, words)) or identifier.strip()


def _spelled(word: str) -> str:
    lower = word.lower()
    if lower in {"ids", "guids", "sids"}:
        return f"{lower[:-1].upper()}s"
    if lower in _SHORT or (len(word) > 1 and word.isupper()):
        return word.upper()
    return lower
