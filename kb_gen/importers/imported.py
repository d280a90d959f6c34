"""What an importer gives: records as far as the source knows them, and everything that is odd about the source."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.model import EventSource, Record

__all__ = ["Described", "Imported", "ImportedEvent", "Reading"]


class Reading(Struct, frozen=True):
    """How a file is to be read.

    Attributes:
        product: the product's key, for the records.
        source: the event source's name, where the user said it; empty where the file has to.
        version: the product version that the file belongs to; may be empty.
        encoding: what a file that doesn't tell is encoded in, where the user said it; may be empty.
        locale: the language of the file, where the user said it, as a BCP 47 tag; may be empty.
    """

    product: str
    source: str = ""
    version: str = ""
    encoding: str = ""
    locale: str = ""


class ImportedEvent(Struct, frozen=True):
    """An event as a file of the product, or somebody's article, has it.

    Attributes:
        record: what is known of it. `message` is in the language of the source (see `Imported.languages`), or empty
            where the file has it in other languages only.
        place: where the file says so.
        messages: its message template in every language that the file has it in, that of `record.message` included,
            by BCP 47 tag. Exactly as the product ships it.
        notes: what a human has to look at before the record is finished, a line each; they become comments in it.
        places: where each message stands, by the same tag, as far as the format tells.
    """

    record: Record
    place: Place
    messages: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    places: Mapping[str, Place] = {}

    def place_of(self, language: str) -> Place:
        """Where its message in a language stands; where the event itself does, if that isn't told."""
        return self.places.get(language, self.place)


class Described(Struct, frozen=True):
    """What a file says of an event source.

    Attributes:
        place: where.
        texts: its description in further languages than that of `EventSource.description`, by BCP 47 tag.
    """

    place: Place
    texts: Mapping[str, str]


class Imported(Struct, frozen=True):
    """What a file, or several that belong together, have.

    Attributes:
        events: the events in the files' order; identities may occur twice, merging tells.
        diagnostics: what is odd about the files. An error means that something of the file couldn't be taken.
        sources: what is known of the event sources that the events name: syntax and language of their messages, log.
        descriptions: what further languages have for the descriptions of these sources.
        versions: the names of product versions, where the files tell them.
        whole: whether these are all events of their sources, so that one that is missing is gone from the product.
    """

    events: tuple[ImportedEvent, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, EventSource] = {}
    descriptions: Mapping[str, Described] = {}
    versions: Mapping[str, str] = {}
    whole: bool = True
