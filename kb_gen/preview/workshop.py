"""Where builds are made: what one build found out stays at hand for the next."""

from __future__ import annotations

import gc
import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from kb_gen.preview.extents import Extent
from kb_gen.preview.plan import Plan
from kb_gen.preview.reports import Report
from kb_gen.site.build import build_site
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.kept import Kept
from kb_gen.site.outcome import Outcome
from kb_gen.site.plugin import read_settings
from kb_gen.site.settings import Settings

__all__ = ["Workshop"]


class Workshop:
    """Builds a project's site into a folder of its own, again and again."""

    def __init__(self, plan: Plan, site_dir: Path) -> None:
        self._plan = plan
        self._site_dir = site_dir
        self._settings: Settings | None = None
        self._kept = Kept()

    def build(self, extent: Extent) -> Report:
        """Build the site. Whatever goes wrong is told in the report: an author may save a half-written template."""
        started = time.perf_counter()
        # Nearly all that a build makes lives until its end: looking for cycles meanwhile would double its time.
        gc.disable()
        try:
            report = self._build(extent)
        except ConfigurationError as reason:
            report = Report(built=False, breakdown=str(reason))
        except TemplateError as reason:
            report = Report(built=False, breakdown=_template_error(reason))
        except Exception:  # The preview goes on until the cause is mended, and tells of it meanwhile.
            report = Report(built=False, breakdown=traceback.format_exc())
        return replace(report, seconds=time.perf_counter() - started)

    def tidy(self) -> None:
        """Do what can wait until the outcome of a build is known."""
        gc.enable()
        gc.collect()

    def _build(self, extent: Extent) -> Report:
        if extent >= Extent.FRAME:
            self._settings = None
            self._kept.forget_frame()
        if self._settings is None:
            self._settings = self._read_settings()
        outcome = build_site(self._settings, strict=self._plan.strict, kept=self._kept)
        return _report(outcome)

    def _read_settings(self) -> Settings:
        settings = read_settings(self._plan.config_file, self._site_dir)
        # A preview is made again with every change, and files of hundreds of articles would take too long for that.
        settings = replace(settings, pdf="none")
        return replace(settings, locales=self._plan.locales or settings.locales, site_locales=settings.locales)


def _report(outcome: Outcome) -> Report:
    named = {
        place.path
        for finding in outcome.diagnostics
        for place in (finding.place, *finding.related)
        if place is not None
    }
    texts = {path: text for path in named if (text := outcome.sources(path)) is not None}
    return Report(
        built=not outcome.failed,
        diagnostics=outcome.diagnostics,
        texts=texts,
        pages=outcome.pages,
        changed=outcome.publication.changed,
        removed=outcome.publication.removed,
        headers=_headers(outcome.settings.site_dir),
    )


def _headers(site_dir: Path) -> Mapping[str, str]:
    """What the built site wants to be sent with every page, from the file that static hosts read."""
    file = site_dir / "_headers"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    fields = (line.strip().partition(": ") for line in lines if line.startswith("  "))
    return {name: value for name, separator, value in fields if separator}


def _template_error(reason: TemplateError) -> str:
    """Where a template is wrong; for an error while it was used, the innermost line of a template."""
    if isinstance(reason, TemplateSyntaxError):
        return f"error: {reason.message}\n--> {reason.filename or reason.name}:{reason.lineno}"
    frames = traceback.extract_tb(reason.__traceback__)
    place = next((frame for frame in reversed(frames) if frame.filename.endswith((".html", ".jinja"))), None)
    where = f"\n--> {place.filename}:{place.lineno}\n    {place.line}" if place else ""
    return f"error: {reason.message}{where}"
