"""Other printers of the same articles, from HTML."""

from printers.html_pages import write_pages
from printers.programs import PRINTERS

__all__ = ["PRINTERS", "write_pages"]
