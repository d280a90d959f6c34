"""Texts kept from being taken for formulas by programs that open a CSV file as a spreadsheet.

A cell that begins with `=`, `+`, `-` or `@` could compute, fetch or start something. It gets an apostrophe before it,
which coming back takes away: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re

__all__ = ["guarded", "unguarded"]

# Programs pass over white space before the sign, and take the signs' wide forms for them.
_DANGEROUS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def guarded(text: str) -> str:
    """`text` as a cell that no program computes."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that was guarded, or that needed no guard."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell, 1) else cell
