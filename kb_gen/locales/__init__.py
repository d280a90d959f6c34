"""Catalogs and locales: what there is to translate, what is translated, and a record in the reader's language."""

from kb_gen.locales.catalogs import Catalog, Catalogs, catalog_path, load_catalogs, package_translations
from kb_gen.locales.checks import check, check_catalog
from kb_gen.locales.lcids import lcid_table, locale_for_lcid
from kb_gen.locales.localizer import INTERFACE_LANGUAGE, Localizer, marked
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
from kb_gen.locales.progress import DomainStatus, LocaleStatus, status
from kb_gen.locales.tags import LocaleInfo, UnknownLocale, locale_info
from kb_gen.locales.templates import Template, extract
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
from kb_gen.locales.updating import CatalogUpdate, update, write_templates

__all__ = [
    "INTERFACE_LANGUAGE",
    "SHARED_DOMAIN",
    "UI_DOMAIN",
    "Catalog",
    "CatalogUpdate",
    "Catalogs",
    "Coverage",
    "DomainStatus",
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
    "Passage",
    "State",
    "Template",
    "Translate",
    "Unit",
    "UnitKind",
    "UnknownLocale",
    "catalog_path",
    "check",
    "check_catalog",
    "coverage_of",
    "extract",
    "lcid_table",
    "load_catalogs",
    "locale_for_lcid",
    "locale_info",
    "localize_blocks",
    "localize_record",
    "marked",
    "package_translations",
    "record_domain",
    "shared_units",
    "source_domain",
    "status",
    "step_units",
    "update",
    "write_templates",
]
