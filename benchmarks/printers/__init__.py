"""Other printers of the same articles, from HTML."""

from printers.html_pages import write_pages
from printers.programs import PRINTERS, Command, typst_command
from printers.typst_alone import write_data

__all__ = ["PRINTERS", "Command", "typst_command", "write_data", "write_pages"]
