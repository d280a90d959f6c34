"""What is offered for a text: translations of the same or a similar one, and the glossary's words for its terms."""

from __future__ import annotations

from collections.abc import Sequence

from kb_gen.locales import Unit
from kb_gen.locales.glossary import GLOSSARY_FILE, Glossary, load_glossary
from kb_gen.locales.memory import Memory, Remembered, load_memory
from kb_gen.preview.workbench.units import unit_key
from kb_gen.preview.workbench.views import Suggestion, TermView
from kb_gen.site.settings import Settings

__all__ = ["Advice", "Terms"]

_MOST = 5


class Advice:
    """The memory of a locale, which learns what is saved. Belongs to one thread: it takes a while to load."""

    def __init__(self, settings: Settings, tag: str) -> None:
        memory: Memory = load_memory(settings.root, tag, settings.translations, settings.source_locale)[0]
        # Nobody is waiting yet.
        self._memory = memory.prepared()

    def suggestions(self, unit: Unit, plural: str | None) -> list[Suggestion]:
        """The best translations of the same or a similar text elsewhere, best first."""
        matches = self._memory.matches(
            unit.msgid,
            context=unit.context or None,
            plural=plural,
            exclude=(unit.domain, unit_key(unit)),
            limit=_MOST,
        )
        return [Suggestion(match.source, match.targets, match.score, match.origin) for match in matches]

    def learn(self, unit: Unit, msgstr: Sequence[str], plural: str | None) -> None:
        """Remember a translation that was approved; one that is empty is forgotten."""
        targets = tuple(msgstr) if all(text.strip() for text in msgstr) else ()
        known = Remembered(unit.msgid, targets, unit.domain, unit.place, unit.context or None, plural)
        self._memory = self._memory.learned(known)


class Terms:
    """The glossary of a locale as its file has it now."""

    def __init__(self, settings: Settings, tag: str) -> None:
        self._settings = settings
        self._tag = tag
        self._file = settings.root / settings.translations / GLOSSARY_FILE
        self._seen: tuple[int, int] | None = None
        self._glossary = Glossary((), tag.partition("-")[0])

    @property
    def glossary(self) -> Glossary:
        """The glossary, read again where its file is another one."""
        try:
            state = self._file.stat()
        except OSError:
            return Glossary((), self._tag.partition("-")[0])
        seen = (state.st_mtime_ns, state.st_size)
        if seen != self._seen:
            self._seen = seen
            self._glossary, _ = load_glossary(self._settings.root, self._tag, self._settings.translations)
        return self._glossary

    def of(self, source: str, translation: str) -> list[TermView]:
        """The terms in a source text, and which of them the translation lacks."""
        glossary = self.glossary
        missing = set(glossary.missing(source, translation)) if translation.strip() else set()
        return [
            TermView(term.source, ", ".join(term.targets), _note(term.note, term.forbidden), term in missing)
            for term in glossary.terms_in(source)
        ]


def _note(note: str, forbidden: Sequence[str]) -> str:
    return "; ".join(part for part in (note, f"not {', '.join(forbidden)}" if forbidden else "") if part)
