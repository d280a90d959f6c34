"""What stands in an instrumentation manifest, element by element, each with its place.

The schema is Microsoft's eventman.xsd, which "Writing an Instrumentation Manifest" (Windows Event Log) explains.
Elements are told by their names and by where they stand; their namespaces differ from file to file, those of
`localization` most of all, and decide nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.formats.text_files import TextFile
from kb_gen.load.xml_reading import BrokenXml, read_xml

__all__ = ["KINDS", "Element", "Group", "Manifest", "Provider", "read_manifest"]

KINDS = ("channel", "level", "task", "opcode", "keyword")
"""What events name of their provider's lists."""

_TAG = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>?")
_MOST = 500_000
"""Elements of one file that are kept."""


class Element(Struct, frozen=True):
    """An element's own part: its attributes, and where it begins.

    Attributes:
        name: its name, without the namespace.
        attributes: by name.
        file: the file that it stands in.
        start: the offset of its `<` in the file's text.
    """

    name: str
    attributes: Mapping[str, str]
    file: TextFile
    start: int

    def get(self, name: str) -> str:
        """An attribute without blanks around it; empty where there is none."""
        return self.attributes.get(name, "").strip()

    def place(self, attribute: str = "") -> Place:
        """The attribute, or the first line of the element where it hasn't that one."""
        if attribute in self.attributes and (tag := _TAG.match(self.file.text, self.start)):
            found = re.compile(rf"[\s:]({re.escape(attribute)}\s*=\s*(?:\"[^\"]*\"|'[^']*'))")
            if match := found.search(self.file.text, self.start, tag.end()):
                return self.file.place(*match.span(1))
        return self.file.place(self.start)


@dataclass(slots=True)
class Group:
    """A template with its data, or a map with its values: an element, and those directly in it."""

    element: Element
    items: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Provider:
    """An event source, with what it defines.

    Attributes:
        element: the provider's own part.
        events: its events, in order.
        named: for each of `KINDS`, what there is, by name; channels by `chid`, too.
        task_opcodes: the opcodes that a task has for itself, by the task's name and their own.
        templates: by `tid`.
        maps: by name.
    """

    element: Element
    events: list[Element] = field(default_factory=list)
    named: dict[str, dict[str, Element]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    task_opcodes: dict[tuple[str, str], Element] = field(default_factory=dict)
    templates: dict[str, Group] = field(default_factory=dict)
    maps: dict[str, Group] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that events are logged under."""
        return self.element.get("name")


@dataclass(slots=True)
class Manifest:
    """What one or several files hold that belong together.

    Attributes:
        providers: the event sources, in order.
        cultures: the `resources` elements with the strings in them, in order.
        unread: elements of a kind that isn't read, the first of each.
    """

    providers: list[Provider] = field(default_factory=list)
    cultures: list[Group] = field(default_factory=list)
    unread: dict[str, Element] = field(default_factory=dict)


def read_manifest(file: TextFile, manifest: Manifest) -> list[Diagnostic]:
    """Add what a file holds to a manifest; gives why it couldn't be read to its end, if so."""
    reader = _ManifestReader(file, manifest)
    try:
        for _ in read_xml(io.StringIO(file.text, newline=""), reader):
            pass
    except BrokenXml as reason:
        place = file.place(file.offset(reason.line, reason.column))
        help_text = "mend the XML at this place; what stands before it was read"
        return [error("source-file-unreadable", f"the manifest can't be read from here on: {reason}", place, help_text)]
    return []


class _ManifestReader:
    """Takes from a document what a manifest has; the elements that are open tell what one of them is."""

    def __init__(self, file: TextFile, manifest: Manifest) -> None:
        self._file = file
        self._manifest = manifest
        self._open: list[str] = []
        self._provider: Provider | None = None
        self._group: Group | None = None
        self._task = ""
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """An element begins."""
        self._count += 1
        if self._count > _MOST:
            raise BrokenXml(f"it has more than {_MOST:,} elements", line, column)
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        element = Element(name, dict(attributes), self._file, self._file.offset(line, column))
        match parent, name:
            case "events", "provider":
                self._provider = Provider(element)
                self._manifest.providers.append(self._provider)
            case "localization", "resources":
                self._group = Group(element)
                self._manifest.cultures.append(self._group)
            case "stringTable", "string":
                if self._group:
                    self._group.items.append(element)
            case "messageTable", "message":
                self._manifest.unread.setdefault("messageTable", element)
            case _:
                if self._provider:
                    self._of_provider(self._provider, parent, element)

    def _of_provider(self, provider: Provider, parent: str, element: Element) -> None:
        name = element.name
        match parent, name:
            case "events", "event":
                provider.events.append(element)
            case "channels", "channel" | "importChannel":
                for key in (element.get("chid"), element.get("name")):
                    provider.named["channel"].setdefault(key, element)
            case ("levels", "level") | ("tasks", "task") | ("opcodes", "opcode") | ("keywords", "keyword"):
                provider.named[name].setdefault(element.get("name"), element)
                if name == "task":
                    self._task = element.get("name")
                elif name == "opcode" and "task" in self._open:
                    provider.task_opcodes.setdefault((self._task, element.get("name")), element)
            case "templates", "template":
                self._group = Group(element)
                provider.templates.setdefault(element.get("tid"), self._group)
            case "maps", "valueMap" | "bitMap":
                self._group = Group(element)
                provider.maps.setdefault(element.get("name"), self._group)
            case ("template", "data" | "struct") | ("valueMap" | "bitMap", "map"):
                if self._group:
                    self._group.items.append(element)

    def end(self, name: str) -> None:
        """An element ends."""
        self._open.pop()
        if name == "provider" and self._open and self._open[-1] == "events":
            self._provider = None

    def text(self, data: str) -> None:
        """Text says nothing in a manifest."""
