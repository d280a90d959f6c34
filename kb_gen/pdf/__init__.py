"""The printed knowledge base: articles become volumes, and these PDF files.

`articles` and `book` say what stands in a file, as data; `template/` says how it looks; `typesetting` has Typst set it,
and `finishing` makes a smaller file of Typst's. `press` does that for many files side by side.
"""

from kb_gen.pdf.destination import Destination, Folder
from kb_gen.pdf.edition import PAPERS, Edition, PdfError
from kb_gen.pdf.findings import printing_findings
from kb_gen.pdf.making import Problem, ProblemKind, Sheet, SheetKind
from kb_gen.pdf.press import Library, Printed, Progress, StartMethod, State, print_sheets
from kb_gen.pdf.typesetting import require

__all__ = [
    "PAPERS",
    "Destination",
    "Edition",
    "Folder",
    "Library",
    "PdfError",
    "Printed",
    "Problem",
    "ProblemKind",
    "Progress",
    "Sheet",
    "SheetKind",
    "StartMethod",
    "State",
    "print_sheets",
    "printing_findings",
    "require",
]
