"""What a manifest says of an event in words: its level, task, opcode, keywords, log and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from kb_gen.importers.formats.manifest_strings import StringTables
from kb_gen.importers.formats.manifest_xml import Element, Provider
from kb_gen.load import canonical_id
from kb_gen.model import EventSeverity

__all__ = ["LEVELS", "Facts", "level_of", "version_of"]

LEVELS: Mapping[str, EventSeverity | None] = MappingProxyType(
    {
        "LogAlways": EventSeverity.INFORMATION,
        "Critical": EventSeverity.CRITICAL,
        "Error": EventSeverity.ERROR,
        "Warning": EventSeverity.WARNING,
        "Informational": EventSeverity.INFORMATION,
        "Verbose": EventSeverity.VERBOSE,
    }
)
"""Winmeta.xml's levels, in the order of their values, as Event Viewer shows them: what is always logged is information.
"""
_BY_VALUE = dict(zip(map(str, range(len(LEVELS))), LEVELS.values(), strict=True))
_ALWAYS = "win:LogAlways"


class Facts(Struct, frozen=True):
    """Finds what events name among what their provider defines.

    Attributes:
        provider: the provider.
        strings: the messages.
    """

    provider: Provider
    strings: StringTables

    def named(self, kind: str, name: str, task: str = "") -> str:
        """A task's, opcode's, level's or keyword's message, or its name; an opcode may be one of a task."""
        if not name or name.endswith((":None", ":Info")):
            return ""
        own = self.provider.task_opcodes.get((task, name)) if kind == "opcode" else None
        defined = own or self.provider.named[kind].get(name)
        told = self.strings.text(defined.get("message")) if defined else ""
        return told or name.rpartition(":")[2]

    def log(self, event: Element) -> str:
        """The log that an event goes to; what it calls that, where the provider doesn't define it."""
        name = event.get("channel")
        channel = self.provider.named["channel"].get(name)
        return channel.get("name") if channel else name

    def all(self, event: Element) -> dict[str, str]:
        """All of it; what an event doesn't have is empty."""
        group = self.provider.templates.get(event.get("template"))
        return {
            "symbol": event.get("symbol"),
            "level": self.named("level", event.get("level")),
            "task": self.named("task", event.get("task")),
            "opcode": self.named("opcode", event.get("opcode"), event.get("task")),
            "keywords": ", ".join(self.named("keyword", name) for name in event.get("keywords").split()),
            "log": self.log(event),
            "data": ", ".join(item.get("name") for item in group.items) if group else "",
            "message": self.strings.text(event.attributes.get("message", "")),
        }

    def of_older(self, older: Element, newest: Element) -> Iterator[str]:
        """What an earlier version of an event says otherwise than the newest one, which alone becomes a record."""
        before, now = self.all(older), self.all(newest)
        message = before.pop("message")
        told = [f"{what} {said}" if said else f"no {what}" for what, said in before.items() if said != now[what]]
        told += [f"message: {message}"] if message and message != now["message"] else []
        if told:
            yield f"Version {version_of(older)} of the event has {'; '.join(told)}"


def level_of(provider: Provider, name: str) -> EventSeverity | None:
    """How grave a level is, if that is one of Windows' own: by its value where the provider defines it itself.

    Args:
        provider: the provider.
        name: the level's name; empty for that of events without one.
    """
    name = name or _ALWAYS
    defined = provider.named["level"].get(name)
    if defined is None:
        return LEVELS.get(name.rpartition(":")[2])
    return _BY_VALUE.get(canonical_id(defined.get("value")) or "")


def version_of(event: Element) -> int:
    """An event's version; 0 where it has none that can be read."""
    written = event.get("version") or "0"
    try:
        return int(written, 16 if written.lower().startswith("0x") else 10)
    except ValueError:
        return 0
