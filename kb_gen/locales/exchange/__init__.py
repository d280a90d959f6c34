"""Texts sent to translators who work in other tools, and taken back: XLIFF, CSV and spreadsheets."""

from kb_gen.locales.exchange.addresses import Address, Catalogue, chosen_locale, open_catalogue
from kb_gen.locales.exchange.exporting import Exported, export
from kb_gen.locales.exchange.formats import SUFFIXES, Format
from kb_gen.locales.exchange.importing import Project, import_files, import_units
from kb_gen.locales.exchange.judging import Policy
from kb_gen.locales.exchange.parcels import Choice, Parcel, Shipment, catalog_domains, shipment
from kb_gen.locales.exchange.record_units import named_entries, record_units
from kb_gen.locales.exchange.reporting import ReportSources, refusal_findings, report_data
from kb_gen.locales.exchange.reports import FileReport, ImportReport, Refusal
from kb_gen.locales.exchange.units import OutgoingUnit, ReturnedUnit, UnitState, form_id, split_id
from kb_gen.locales.exchange.xlsx_writing import NoSpreadsheets

__all__ = [
    "SUFFIXES",
    "Address",
    "Catalogue",
    "Choice",
    "Exported",
    "FileReport",
    "Format",
    "ImportReport",
    "NoSpreadsheets",
    "OutgoingUnit",
    "Parcel",
    "Policy",
    "Project",
    "Refusal",
    "ReportSources",
    "ReturnedUnit",
    "Shipment",
    "UnitState",
    "catalog_domains",
    "chosen_locale",
    "export",
    "form_id",
    "import_files",
    "import_units",
    "named_entries",
    "open_catalogue",
    "record_units",
    "refusal_findings",
    "report_data",
    "shipment",
    "split_id",
]
