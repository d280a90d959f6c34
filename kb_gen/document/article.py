"""A localized record becomes an article: which sections there are, in which order, under which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from kb_gen.document import tree
from kb_gen.document.commands import SHELLS, command_block
from kb_gen.document.targets import Targets
from kb_gen.document.words import NameOf, Writer, plain
from kb_gen.locales import (
    SHARED_DOMAIN,
    Coverage,
    Language,
    LocalAction,
    LocalizedRecord,
    Localizer,
    LocalParameter,
    Passage,
    Share,
    Value,
    marked,
)
from kb_gen.markup import has_markup, is_safe_link, parse_event_target, parse_inlines
from kb_gen.messages import Insertion, parse
from kb_gen.messages.recognition import TemplateParts, TypedNumber, template_parts
from kb_gen.model import Entry, EventSeverity, KnowledgeBase, MessageSyntax, Role

__all__ = ["SEVERITY_WORDS", "ArticleWriter"]

SEVERITY_WORDS = {
    EventSeverity.CRITICAL: marked("Critical"),
    EventSeverity.ERROR: marked("Error"),
    EventSeverity.WARNING: marked("Warning"),
    EventSeverity.INFORMATION: marked("Information"),
    EventSeverity.VERBOSE: marked("Verbose"),
    EventSeverity.SUCCESS_AUDIT: marked("Audit success"),
    EventSeverity.FAILURE_AUDIT: marked("Audit failure"),
}
"""The interface's words for severities."""

_LOGS = {marked("Application"), marked("Security"), marked("Setup"), marked("System")}
"""Windows' own logs, which Event Viewer shows by names of its language."""


class ArticleWriter:
    """Writes the articles of one knowledge base in one locale; remembers what they have in common.

    Attributes:
        locale: the locale's BCP 47 tag.
    """

    def __init__(self, kb: KnowledgeBase, localizer: Localizer, targets: Targets) -> None:
        self.kb = kb
        self.localizer = localizer
        self.targets = targets
        self.locale = localizer.locale.tag
        self._nameless = self.words({})
        self._interface: dict[str, tree.Words] = {}
        self._facts: dict[tuple[str, str, str | None], tree.Field] = {}

    def article(self, entry: Entry) -> tree.Article:
        """The article of one record."""
        local = self.localizer.record(entry)
        return _Article(self, local).build()

    def plain_writer(self) -> Writer:
        """A writer for texts that belong to no record: descriptions, notices."""
        return self._nameless

    def words(self, names: Mapping[int, NameOf]) -> Writer:
        """A writer for texts whose insertion strings have these names."""
        return Writer(self.locale, self.targets, names, partial(self.ui, marked("Changed since it was translated:")))

    def names(self, parameters: Iterable[LocalParameter]) -> dict[int, NameOf]:
        """What insertion strings are called, in texts, messages and commands."""
        return {p.number: NameOf(self._name(p.name.text), self.foreign(p.name)) for p in parameters}

    def _name(self, text: str) -> str:
        return plain(self._nameless.inlines(parse_inlines(text))) if has_markup(text) else text

    def foreign(self, passage: Passage) -> str | None:
        """A passage's language where it isn't the article's."""
        return passage.lang if passage.lang not in (self.locale, "und") else None

    def message(
        self,
        passage: Passage,
        syntax: MessageSyntax,
        names: Mapping[int, NameOf],
        examples: Mapping[int, str],
        version: str = "",
    ) -> tree.MessageBlock:
        """A message template with chips for its insertion strings."""
        foreign = self.foreign(passage)
        parts: list[str | tree.Chip] = []
        for part in _shown(passage.text, syntax):
            if isinstance(part, str):
                parts.append(part)
            else:
                number, kind = part if isinstance(part, TypedNumber) else (part, None)
                name = names.get(number, _NAMELESS)
                # In a message of another language, a name of the article's own has to say so.
                lang = name.lang or (self.locale if foreign and name.name else None)
                parts.append(tree.Chip(number, name.name, lang, examples.get(number, ""), kind))
        return tree.MessageBlock(passage.text, tuple(parts), foreign, version)

    def banner(self, coverage: Coverage) -> tree.Words | None:
        """A sentence on what isn't translated, None where everything is."""
        if coverage.complete:
            return None
        share, language = Share(coverage.share), Language(self.localizer.source_language)
        # One sentence a case: what is missing and what is outdated are different news to a reader.
        if not coverage.missing:
            return self.ui(
                "{share} of this article is translated. The {language} text of the other passages has changed since; "
                "they are shown in {language}.",
                share=share,
                language=language,
            )
        if coverage.outdated:
            return self.ui(
                "{share} of this article is translated. The other passages are shown in {language}: some aren't "
                "translated yet, and the {language} text of others has changed since.",
                share=share,
                language=language,
            )
        return self.ui(
            "{share} of this article is translated. The other passages are shown in {language}.",
            share=share,
            language=language,
        )

    def ui(self, msgid: str, **values: Value) -> tree.Words:
        """Interface words; marked as English where they aren't translated."""
        if values:
            return self._said(self.localizer.ui(msgid, **values))
        words = self._interface.get(msgid)
        if words is None:
            words = self._interface[msgid] = self._said(self.localizer.ui(msgid))
        return words

    def ui_plural(self, singular: str, plural: str, n: int) -> tree.Words:
        """Interface words that depend on a number; see `ui`."""
        return self._said(self.localizer.ui_plural(singular, plural, n))

    def _said(self, passage: Passage) -> tree.Words:
        # A gap in the interface is the site's, not the article's: it is not shown as a gap in the text.
        return tree.Words((tree.Text(passage.text),), passage.lang if passage.lang != self.locale else None)

    def severity(self, severity: EventSeverity) -> tree.Words:
        """A level's word."""
        return self.ui(SEVERITY_WORDS[severity])

    def log(self, name: str) -> tree.Words:
        """A log's name; Windows' own logs have one in each language."""
        return self.ui(name) if name in _LOGS else _bare(name)

    def fact(self, key: str, label: str, text: str, *, code: bool = False, address: str | None = None) -> tree.Field:
        """A fact that many articles have in common.

        Args:
            key: what it is, the same in every language.
            label: interface words, the same for all facts of the key.
            text: the value.
            code: whether the value is an identifier.
            address: where it leads.
        """
        found = self._facts.get((key, text, address))
        if found is None:
            value = self.log(text) if key == "log" else _bare(text)
            found = self._facts[key, text, address] = tree.Field(key, self.ui(label), value, code, address)
        return found

    def summary(self, entry: Entry) -> tree.Words | None:
        """An event's summary, for lists of events."""
        passage, parameters = self.localizer.summary(entry)
        return self.words(self.names(parameters)).words(passage) if passage else None


_HEADINGS = {
    Role.OPERATOR: ("action-operator", marked("For operators")),
    Role.ADMINISTRATOR: ("action-administrator", marked("For administrators")),
    Role.DEVELOPER: ("action-developer", marked("For developers")),
}
_NAMELESS = NameOf("")


@lru_cache(maxsize=1024)
def _shown(template: str, syntax: MessageSyntax) -> TemplateParts:
    """What a reader sees in a template, as long as articles share it."""
    return template_parts(parse(template, syntax))


def _bare(text: str) -> tree.Words:
    return tree.Words((tree.Text(text),))


class _Article:
    """One article in the making."""

    def __init__(self, writer: ArticleWriter, local: LocalizedRecord) -> None:
        self.writer = writer
        self.local = local
        self.entry = local.entry
        self.record = local.entry.record
        self.localizer = writer.localizer
        self.ui = writer.ui
        self.names = writer.names(local.parameters)
        self.examples = {p.number: p.example for p in local.parameters if p.example}
        self.words = writer.words(self.names)

    def build(self) -> tree.Article:
        record, writer = self.record, self.writer
        summary = self.summary()
        sections = tuple([section for section in self._sections() if section.blocks or section.sections])
        modified = record.modified
        return tree.Article(
            address=writer.targets.book[self.entry.identity],
            locale=writer.locale,
            source=record.source,
            id=record.id,
            title=self.entry.title,
            symbolic_name=record.symbolic_name,
            severity=(record.severity.value, writer.severity(record.severity)) if record.severity else None,
            summary=summary,
            description=self._description(summary),
            modified=modified,
            modified_label=self.ui("Last changed: {date}", date=modified) if modified else None,
            banner=writer.banner(self.local.coverage),
            coverage=self.local.coverage,
            notes=tuple(self._unfinished()),
            sections=sections,
            closing=tuple(self._notice()),
        )

    def summary(self) -> tree.Words | None:
        return self.words.words(self.local.summary) if self.local.summary else None

    def _description(self, summary: tree.Words | None) -> str:
        if summary:
            return plain(summary.inlines)
        return " · ".join(part for part in (self.entry.title, self.record.symbolic_name, self._product_name()) if part)

    def _product_name(self) -> str:
        product = self.writer.kb.products.get(self.record.product)
        if product is None:
            return self.record.product
        return product.versions.get(self.record.version) or product.name

    def _unfinished(self) -> Iterable[tree.Note]:
        """What nobody has written yet, said plainly."""
        record = self.record
        if record.message and record.actions and (record.summary or record.explanation):
            return
        missing = [
            word
            for present, word in (
                (record.message, marked("the message")),
                (record.summary or record.explanation, marked("the explanation")),
                (record.actions, marked("the user actions")),
            )
            if not present
        ]
        parts = self.localizer.list([self.localizer.text(word) for word in missing])
        body = tree.Paragraph(self.ui("Nobody has written down yet: {parts}.", parts=parts))
        yield tree.Note(tree.NoteKind.UNFINISHED, (body,), self.ui("This article is unfinished"))

    def _notice(self) -> Iterable[tree.Note]:
        kb = self.writer.kb
        product = kb.products.get(self.record.product)
        if product and product.notice:
            path = kb.paths.get("products", "content/products.yml")
            blocks = self.localizer.blocks(product.notice, SHARED_DOMAIN, path, f"closing note of {product.name}")
            yield tree.Note(tree.NoteKind.NOTICE, self.words.blocks(blocks))

    def _sections(self) -> Iterable[tree.Section]:
        yield tree.Section("details", self.ui("Details"), (tree.Fields(tuple(self._fields())),))
        yield tree.Section("message", self.ui("Message"), tuple(self._message()))
        yield tree.Section("explanation", self.ui("Explanation"), self.words.blocks(self.local.explanation))
        yield self._actions()
        yield tree.Section("related", self.ui("Related events"), tuple(self._related()))
        yield tree.Section("references", self.ui("Read more"), tuple(self._references()))

    def _fields(self) -> Iterable[tree.Field]:
        record, kb, fact = self.record, self.writer.kb, self.writer.fact
        product = kb.products.get(record.product)
        yield fact("product", marked("Product"), product.name if product else record.product)
        if record.version:
            sold_as = product.versions.get(record.version, "") if product else ""
            shown = f"{record.version} ({sold_as})" if sold_as else record.version
            yield fact("version", marked("Version"), shown)
        yield tree.Field("id", self.ui("Event ID"), _bare(record.id), code=True)
        yield fact("source", marked("Event source"), record.source, code=True, address=self._source_address())
        log = kb.event_source(record).log
        if log:
            yield fact("log", marked("Log"), log)
        if record.category:
            yield fact("category", marked("Category"), record.category, code=True)
        if record.severity:
            yield tree.Field("severity", self.ui("Severity"), self.writer.severity(record.severity))
        if record.symbolic_name:
            yield tree.Field("symbolic_name", self.ui("Symbolic name"), _bare(record.symbolic_name), code=True)

    def _source_address(self) -> str:
        return self.writer.targets.book[self.entry.identity].split("/", maxsplit=1)[0]

    def _message(self) -> Iterable[tree.Block]:
        record, local = self.record, self.local
        syntax = self.writer.kb.event_source(record).syntax
        messages = [(local.message, "")] if local.message else []
        messages += [(variant.message, variant.version) for variant in local.variants]
        for passage, version in messages:
            yield self.writer.message(passage, syntax, self.names, self.examples, version)
        # Of the templates as they were written: a translation has the same insertion strings.
        templates = (record.message, *(variant.message for variant in record.variants))
        insertions = [part for text in templates for part in parse(text, syntax).display_parts()]
        numbers = {part.number for part in insertions if isinstance(part, Insertion)}
        used = sorted(numbers | set(self.names))
        if used:
            yield self._legend(used)

    def _legend(self, numbers: list[int]) -> tree.Legend:
        parameters = {p.number: p for p in self.local.parameters}
        # In a name, no insertion string is named: that would have no end.
        nameless = self.writer.plain_writer()
        entries = []
        for number in numbers:
            parameter = parameters.get(number)
            entries.append(
                tree.LegendEntry(
                    number,
                    nameless.words(parameter.name) if parameter else None,
                    self.words.words(parameter.holds) if parameter and parameter.holds else None,
                    parameter.example if parameter else "",
                )
            )
        ui = self.ui
        return tree.Legend((ui("Number"), ui("Name"), ui("What it holds"), ui("Example")), tuple(entries))

    def _actions(self) -> tree.Section:
        groups: dict[Role | None, list[LocalAction]] = {}
        for action in self.local.actions:
            groups.setdefault(action.role, []).append(action)
        common = groups.pop(None, [])
        sections = tuple(
            [
                tree.Section(anchor, self.ui(title), (self._list(groups[role]),))
                for role, (anchor, title) in _HEADINGS.items()
                if role in groups
            ]
        )
        return tree.Section("action", self.ui("User action"), (self._list(common),) if common else (), sections)

    def _list(self, actions: list[LocalAction]) -> tree.Block:
        return tree.ItemList(False, tuple([self._action(action) for action in actions]))

    def _action(self, action: LocalAction) -> tuple[tree.Block, ...]:
        if not (action.commands or action.note or action.steps):
            return self.words.blocks(action.text)
        blocks = [*self.words.blocks(action.text)]
        for command in action.commands:
            name = SHELLS.get(command.shell, (command.shell, ""))[0]
            label = self.ui(name) if command.shell in SHELLS else _bare(name)
            blocks.append(command_block(command, label, self.names, self.examples))
        blocks += self.words.blocks(action.note)
        if action.steps:
            blocks.append(tree.ItemList(action.ordered, tuple([self._action(step) for step in action.steps])))
        return tuple(blocks)

    def _related(self) -> Iterable[tree.Block]:
        items = []
        for reference in self.record.related:
            parsed = parse_event_target(reference.removeprefix("event:"))
            target = self.writer.targets.find(*parsed) if parsed else None
            if target is None:
                continue
            note = self.writer.summary(target.entry) if target.entry else None
            items.append(tree.LinkItem(_bare(target.title), note, address=target.address))
        if items:
            yield tree.LinkList(tuple(items))

    def _references(self) -> Iterable[tree.Block]:
        items = []
        for reference in self.local.references:
            note = self.words.words(reference.note) if reference.note else None
            url = reference.reference.url
            items.append(
                tree.LinkItem(self.words.words(reference.title), note, href=url if is_safe_link(url) else None)
            )
        if items:
            yield tree.LinkList(tuple(items))
