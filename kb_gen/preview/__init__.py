"""The site while it is being written: built beside, served from there, renewed in the browser when a file changes."""

from kb_gen.preview.plan import Plan
from kb_gen.preview.reports import Observer, Problem, Report
from kb_gen.preview.server import Address, PortError, listen, serve, stopped_by_signals
from kb_gen.preview.watching import Watched, watched

__all__ = [
    "Address",
    "Observer",
    "Plan",
    "PortError",
    "Problem",
    "Report",
    "Watched",
    "listen",
    "serve",
    "stopped_by_signals",
    "watched",
]
