"""Messages in languages that a site doesn't have: a server logs in its own, whichever the knowledge base is read in."""

from __future__ import annotations

from collections.abc import Iterable

from kb_gen.locales import Catalogs, load_catalogs, message_context, record_domain, translated_locales
from kb_gen.messages import parse
from kb_gen.messages.recognition import TemplateParts, template_parts
from kb_gen.model import Entry, KnowledgeBase, MessageSyntax
from kb_gen.site.settings import Settings

__all__ = ["FurtherLanguages", "message_templates"]


def message_templates(messages: Iterable[str], syntax: MessageSyntax) -> dict[TemplateParts, None]:
    """The templates of an event's messages, each once, in order; empty messages have none."""
    return {template_parts(parse(message, syntax)): None for message in dict.fromkeys(messages) if message}


class FurtherLanguages:
    """The message templates that no page of a site shows, but products log.

    These are the approved translations of all catalogs whose locale the site isn't built in, and, where it isn't built
    in the records' own language, the templates as they stand in the records.
    """

    def __init__(self, kb: KnowledgeBase, settings: Settings) -> None:
        self._kb = kb
        shown = set(settings.locales)
        self._own = settings.source_locale not in shown
        tags = sorted(translated_locales(settings.root, settings.translations) - shown)
        # What is wrong with a file that no page is made from is for the checks to say.
        self._catalogs = load_catalogs(settings.root, tags, settings.translations)[0] if tags else Catalogs()

    def __bool__(self) -> bool:
        return self._own or bool(self._catalogs.by_locale)

    def templates(self, entry: Entry) -> dict[TemplateParts, None]:
        """The templates of an event's message and its variants, in each of these languages."""
        record, kb = entry.record, self._kb
        syntax, domain = kb.event_source(record).syntax, record_domain(record, kb)
        messages = [message for message in (record.message, *[each.message for each in record.variants]) if message]
        texts = [*messages] if self._own else []
        for tag in self._catalogs.by_locale:
            catalog = self._catalogs.catalog(tag, domain)
            texts += [catalog.text(message, message_context(record)) for message in messages]
        return message_templates(texts, syntax)
