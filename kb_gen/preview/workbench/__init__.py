"""The translators' workbench: an article's units beside the page that they make, saved straight into the catalogs."""

from kb_gen.preview.workbench.plan import WorkbenchPlan
from kb_gen.preview.workbench.server import AlreadyOpen, WorkbenchObserver, is_loopback, serve_workbench
from kb_gen.preview.workbench.tongues import languages

__all__ = ["AlreadyOpen", "WorkbenchObserver", "WorkbenchPlan", "is_loopback", "languages", "serve_workbench"]
