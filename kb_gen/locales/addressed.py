"""Localization for translators: passages know which unit they are, and show what somebody is just typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb_gen.locales.catalogs import Catalogs
from kb_gen.locales.localizer import Localizer, Value
from kb_gen.locales.passages import Passage, State
from kb_gen.locales.placeholders import placeholders
from kb_gen.locales.units import UI_DOMAIN, Unit
from kb_gen.model import KnowledgeBase

__all__ = ["AddressOf", "AddressedLocalizer", "AddressedPassage"]

AddressOf = Callable[[str, str, str], str]
"""Gives the `unit_id` of a unit, by its domain, context and source text; nothing where it has none to show."""


class AddressedPassage(Passage, frozen=True, gc=False):
    """A passage that knows its unit: `unit` is the unit's `unit_id`, and a message's too."""

    unit: str = ""


class AddressedLocalizer(Localizer):
    """A localizer whose passages know their units."""

    def __init__(
        self,
        kb: KnowledgeBase,
        catalogs: Catalogs,
        locale_tag: str,
        source_language: str,
        address: AddressOf,
        drafts: Mapping[str, str],
    ) -> None:
        """A localizer for `locale_tag`.

        Args:
            kb: as for every localizer.
            catalogs: likewise.
            locale_tag: likewise.
            source_language: likewise.
            address: gives the units' names.
            drafts: translations that aren't saved, by unit. They are shown as they are, finished or not.

        Raises:
            UnknownLocale: there is no such locale.
        """
        super().__init__(kb, catalogs, locale_tag, source_language)
        self._address = address
        self._drafts = drafts

    def translate(self, unit: Unit) -> Passage:
        """A unit's passage, its draft where there is one."""
        name = self._address(unit.domain, unit.context, unit.msgid)
        if not name:
            return super().translate(unit)
        draft = self._drafts.get(name, "")
        if draft.strip():
            return AddressedPassage(draft, self.locale.tag, State.TRANSLATED, name)
        passage = super().translate(unit)
        return AddressedPassage(passage.text, passage.lang, passage.state, name)

    def ui(self, msgid: str, /, **values: Value) -> Passage:
        """Interface words, with the name of their unit."""
        passage = super().ui(msgid, **values)
        name = self._address(UI_DOMAIN, "", msgid)
        return AddressedPassage(passage.text, passage.lang, passage.state, name) if name else passage

    def _ui_translation(self, msgid: str) -> str:
        draft = self._drafts.get(self._address(UI_DOMAIN, "", msgid), "")
        # In interface words that lose a place, a value is lost.
        if draft.strip() and placeholders(draft) == placeholders(msgid):
            return draft
        return super()._ui_translation(msgid)
