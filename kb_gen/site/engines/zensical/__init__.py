"""Pages in the frame of Zensical, the successor of MkDocs and Material by Material's authors.

Zensical is a program that builds whole sites, at some 20 ms a page. So it is run once for each locale: on a small
project made for that purpose, with one *shell* page for each depth of addresses and with the hand-written pages. Its
templates are amended to print markers wherever pages differ (`amendments`); what a page has there is put in later
(`slots`), by the same rules for record pages and hand-written ones. A record page then costs what joining a few
strings costs.

Nothing here is imported from Zensical: it is found by its installed files and run in a process of its own.
"""

from __future__ import annotations

from kb_gen.site.engines.zensical.engine import ZensicalEngine
from kb_gen.site.engines.zensical.project import ZensicalError

__all__ = ["ZensicalEngine", "ZensicalError"]
