"""The events of a project, gathered from its records and catalogs for finding them."""

from __future__ import annotations

from collections.abc import Mapping

from kb_gen.document import find_targets, plain
from kb_gen.load import collection_paused
from kb_gen.messages.recognition import TemplateParts
from kb_gen.model import Entry
from kb_gen.site.answers.details import EventDetails, LocaleEvents
from kb_gen.site.answers.further_languages import FurtherLanguages, message_templates
from kb_gen.site.answers.known import KnownEvent, KnownEvents, former_names
from kb_gen.site.context import LocaleSite, SiteContext, site_context
from kb_gen.site.reading import Project
from kb_gen.site.settings import Settings

__all__ = ["GatheredEvents", "gather_events"]

GatheredEvents = tuple[KnownEvents, Mapping[str, LocaleEvents]]
"""The events, and what is shown of them in each locale."""


def gather_events(project: Project, settings: Settings) -> GatheredEvents:
    """The events of a project with their messages in all of its locales, and in those that there are catalogs of.

    Args:
        project: its records and catalogs.
        settings: which locales it has.
    """
    with collection_paused():
        context = site_context(settings, project.kb, find_targets(project.kb), project.catalogs)
        return _gathered(context, FurtherLanguages(project.kb, settings))


def _gathered(context: SiteContext, further: FurtherLanguages) -> GatheredEvents:
    book = context.targets.book
    templates: list[dict[TemplateParts, None]] = [{} for _ in context.kb.entries]
    shown: dict[str, list[EventDetails]] = {}
    for tag, site in context.locales.items():
        shown[tag] = details = []
        for entry, own in zip(context.kb.entries, templates, strict=True):
            details.append(_in_locale(entry, site, own))
    if further:
        for entry, own in zip(context.kb.entries, templates, strict=True):
            own.update(further.templates(entry))
    events = [
        KnownEvent(
            book[entry.identity],
            entry.record.source,
            entry.record.id,
            entry.record.symbolic_name,
            former_names(entry),
        )
        for entry in context.kb.entries
    ]
    known = KnownEvents.of(zip(events, templates, strict=True))
    places = {event.address: place for place, event in enumerate(events)}
    order = [places[event.address] for event in known.events]
    return known, {
        tag: LocaleEvents(context.locales[tag].path, [details[place] for place in order])
        for tag, details in shown.items()
    }


def _in_locale(entry: Entry, site: LocaleSite, templates: dict[TemplateParts, None]) -> EventDetails:
    """What is shown of an event in a locale; the message templates that it has there are put into `templates`."""
    writer, local, record = site.writer, site.localizer.record(entry), entry.record
    syntax = site.kb.event_source(record).syntax
    messages = [local.message] if local.message else []
    messages += [variant.message for variant in local.variants]
    templates.update(message_templates([passage.text for passage in messages], syntax))
    nameless = writer.plain_writer()
    product = site.kb.products.get(record.product)
    summary = writer.words(writer.names(local.parameters)).words(local.summary) if local.summary else None
    return EventDetails(
        summary=plain(summary.inlines) if summary else "",
        severity=(record.severity.value, plain(writer.severity(record.severity).inlines))
        if record.severity
        else ("", ""),
        names={p.number: plain(nameless.words(p.name).inlines) for p in local.parameters},
        product=product.name if product else record.product,
        version=record.version,
    )
