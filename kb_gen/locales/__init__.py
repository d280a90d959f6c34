"""Catalogs and locales: what there is to translate, what is translated, and a record in the reader's language.

What extracts texts and updates catalogs is loaded when somebody asks for it: a build doesn't.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kb_gen.locales.addressed import AddressedLocalizer, AddressedPassage, AddressOf
from kb_gen.locales.catalogs import (
    Catalog,
    CatalogFile,
    Catalogs,
    CatalogSource,
    Said,
    catalog_path,
    load_catalogs,
    package_translations,
)
from kb_gen.locales.checks import (
    ReadAll,
    WantedCatalogs,
    check,
    check_waiting,
    gather_catalogs,
    read_catalog,
    read_catalogs,
    wanted_catalogs,
)
from kb_gen.locales.formats import percent
from kb_gen.locales.gaps import translation_gaps
from kb_gen.locales.kept_catalogs import CatalogHead, catalog_heads, head_of, is_as_it_was, keep_heads, kept_catalog
from kb_gen.locales.lcids import lcid_table, locale_for_lcid
from kb_gen.locales.localizer import INTERFACE_LANGUAGE, Language, Localizer, Share, Value, marked
from kb_gen.locales.passages import (
    Coverage,
    LocalAction,
    LocalBlock,
    LocalizedRecord,
    LocalList,
    LocalParagraph,
    LocalParameter,
    LocalReference,
    LocalTable,
    LocalVariant,
    Passage,
    State,
    coverage_of,
)
from kb_gen.locales.slots import (
    LOCALE_PATH,
    LOCALE_TAG,
    SLOT_BYTES,
    Slot,
    SlotKind,
    SlotLocalizer,
    TooManySlots,
    has_slots,
    in_language,
    is_language,
    language_of,
)
from kb_gen.locales.tags import LocaleInfo, UnknownLocale, locale_info
from kb_gen.locales.unit_ids import unit_address, unit_id
from kb_gen.locales.units import (
    SHARED_DOMAIN,
    UI_DOMAIN,
    Translate,
    Unit,
    UnitKind,
    localize_blocks,
    localize_record,
    record_domain,
    shared_units,
    source_domain,
    step_units,
)

if TYPE_CHECKING:
    from kb_gen.locales.edits import Before, Edit, Edited, Outcome, save_edits
    from kb_gen.locales.progress import ArticleGaps, DomainStatus, LocaleStatus, ProductStatus, status
    from kb_gen.locales.slight_changes import Declared, SlightChange, declared_records, declared_revisions
    from kb_gen.locales.template_files import (
        TemplatePlan,
        planned_templates,
        stale_templates,
        write_changes,
        write_templates,
    )
    from kb_gen.locales.templates import Template, extract
    from kb_gen.locales.updating import (
        CatalogUpdate,
        UpdateOrder,
        locales_without_catalogs,
        planned_update,
        update,
    )

__all__ = [
    "INTERFACE_LANGUAGE",
    "LOCALE_PATH",
    "LOCALE_TAG",
    "SHARED_DOMAIN",
    "SLOT_BYTES",
    "UI_DOMAIN",
    "AddressOf",
    "AddressedLocalizer",
    "AddressedPassage",
    "ArticleGaps",
    "Before",
    "Catalog",
    "CatalogFile",
    "CatalogHead",
    "CatalogSource",
    "CatalogUpdate",
    "Catalogs",
    "Coverage",
    "Declared",
    "DomainStatus",
    "Edit",
    "Edited",
    "Language",
    "LocalAction",
    "LocalBlock",
    "LocalList",
    "LocalParagraph",
    "LocalParameter",
    "LocalReference",
    "LocalTable",
    "LocalVariant",
    "LocaleInfo",
    "LocaleStatus",
    "LocalizedRecord",
    "Localizer",
    "Outcome",
    "Passage",
    "ProductStatus",
    "ReadAll",
    "Said",
    "Share",
    "SlightChange",
    "Slot",
    "SlotKind",
    "SlotLocalizer",
    "State",
    "Template",
    "TemplatePlan",
    "TooManySlots",
    "Translate",
    "Unit",
    "UnitKind",
    "UnknownLocale",
    "UpdateOrder",
    "Value",
    "WantedCatalogs",
    "catalog_heads",
    "catalog_path",
    "check",
    "check_waiting",
    "coverage_of",
    "declared_records",
    "declared_revisions",
    "extract",
    "gather_catalogs",
    "has_slots",
    "head_of",
    "in_language",
    "is_as_it_was",
    "is_language",
    "keep_heads",
    "kept_catalog",
    "language_of",
    "lcid_table",
    "load_catalogs",
    "locale_for_lcid",
    "locale_info",
    "locales_without_catalogs",
    "localize_blocks",
    "localize_record",
    "marked",
    "package_translations",
    "percent",
    "planned_templates",
    "planned_update",
    "read_catalog",
    "read_catalogs",
    "record_domain",
    "save_edits",
    "shared_units",
    "source_domain",
    "stale_templates",
    "status",
    "step_units",
    "translation_gaps",
    "unit_address",
    "unit_id",
    "update",
    "wanted_catalogs",
    "write_changes",
    "write_templates",
]

_MODULES = {
    "ArticleGaps": "progress",
    "Before": "edits",
    "CatalogUpdate": "updating",
    "DomainStatus": "progress",
    "Edit": "edits",
    "Edited": "edits",
    "LocaleStatus": "progress",
    "Outcome": "edits",
    "Declared": "slight_changes",
    "SlightChange": "slight_changes",
    "ProductStatus": "progress",
    "Template": "templates",
    "UpdateOrder": "updating",
    "declared_records": "slight_changes",
    "declared_revisions": "slight_changes",
    "extract": "templates",
    "locales_without_catalogs": "updating",
    "save_edits": "edits",
    "planned_update": "updating",
    "stale_templates": "template_files",
    "status": "progress",
    "TemplatePlan": "template_files",
    "planned_templates": "template_files",
    "update": "updating",
    "write_changes": "template_files",
    "write_templates": "template_files",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
