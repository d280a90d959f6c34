"""Structured event records in, a localized and searchable troubleshooting knowledge base out."""

__version__ = "0.1.0"
