"""Event logs and text logs become one stream of entries, whatever they were written by.

`read_log` gives the entries of a log one by one. `Tally` counts them by the events that they are, as an `EventKnower`
tells them; a `Summary` is what it comes to, and `report_page` makes a page of that. What makes pages is loaded when
somebody asks for one.
"""

from typing import TYPE_CHECKING

from kb_gen.late import late_names
from kb_gen.logs.entries import LONGEST_ENTRY, Assumed, Entry, NamedValue, Reading
from kb_gen.logs.fields import FieldNumbers
from kb_gen.logs.findings import Findings, unreadable
from kb_gen.logs.formats import FORMATS, LogFormat
from kb_gen.logs.formats.evtx import EvtxMissing
from kb_gen.logs.histogram import Bar, Timeline
from kb_gen.logs.lines import decoded_text
from kb_gen.logs.reading import read_log
from kb_gen.logs.streams import STANDARD_INPUT, LogStream, open_log
from kb_gen.logs.summary import Article, EntryCounts, EventCount, ParameterValues, Summary, UnknownCount
from kb_gen.logs.tally import EventKnower, KnownEntry, Tally
from kb_gen.logs.top_values import ValueCount

if TYPE_CHECKING:
    from kb_gen.logs.report import report_page

__all__ = [
    "FORMATS",
    "LONGEST_ENTRY",
    "STANDARD_INPUT",
    "Article",
    "Assumed",
    "Bar",
    "Entry",
    "EntryCounts",
    "EventCount",
    "EventKnower",
    "EvtxMissing",
    "FieldNumbers",
    "Findings",
    "KnownEntry",
    "LogFormat",
    "LogStream",
    "NamedValue",
    "ParameterValues",
    "Reading",
    "Summary",
    "Tally",
    "Timeline",
    "UnknownCount",
    "ValueCount",
    "decoded_text",
    "open_log",
    "read_log",
    "report_page",
    "unreadable",
]

__getattr__ = late_names(__name__, {"report_page": "report"})
