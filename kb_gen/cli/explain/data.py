"""The answer for programs: all of it, with keys that stay."""

from __future__ import annotations

import datetime as dt
import json

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs import Article, EntryCounts, ParameterValues, Summary

__all__ = ["summary_as_json"]


def summary_as_json(summary: Summary, tag: str) -> str:
    """What logs come to, as JSON; docs/explain.md lists the keys."""
    result = {
        "locale": tag,
        "logs": list(summary.logs),
        "entries": summary.entries,
        "known_entries": summary.known_entries,
        "ungrouped_entries": summary.ungrouped,
        "timeless_entries": summary.timeless,
        "left_out_entries": summary.left_out,
        "first": _time(summary.first),
        "last": _time(summary.last),
        "zone_assumed": summary.zone_assumed,
        "year_assumed": summary.year_assumed,
        "events": [
            {
                **_article(event.article),
                **_counts(event.counts),
                "may_also_be": [_article(other) for other in event.others],
            }
            for event in summary.known
        ],
        "unknown": [
            {"source": group.source, "id": group.id or None, "text": group.text, **_counts(group.counts)}
            for group in summary.unknown
        ],
        "timeline": {
            "seconds": summary.timeline.seconds,
            "bars": [
                {
                    "start": bar.start.isoformat(),
                    "errors": bar.weight[0],
                    "warnings": bar.weight[1],
                    "others": bar.weight[2],
                }
                for bar in summary.timeline.bars
            ],
        },
        "findings": [_finding(finding) for finding in summary.findings],
    }
    # ASCII only: no terminal that shows this obeys anything in it.
    return json.dumps(result, indent=2)


def _time(time: dt.datetime | None) -> str | None:
    return time.isoformat() if time else None


def _article(article: Article) -> dict[str, object]:
    return {
        "source": article.source,
        "id": article.id,
        "symbolic_name": article.symbol,
        "product": article.product,
        "version": article.version,
        "summary": article.summary,
        "address": article.address,
        "url": article.url,
    }


def _counts(counts: EntryCounts) -> dict[str, object]:
    return {
        "count": counts.count,
        "severity": counts.severity.value if counts.severity else None,
        "first": _time(counts.first),
        "last": _time(counts.last),
        "hosts": [{"host": host.text, "count": host.count, "exact": host.is_exact} for host in counts.hosts],
        "parameters": [_parameter(parameter) for parameter in counts.parameters],
    }


def _parameter(parameter: ParameterValues) -> dict[str, object]:
    return {
        "number": parameter.number,
        "name": parameter.name,
        "total": parameter.total,
        "values": [
            {"value": value.text, "count": value.count, "exact": value.is_exact, "meaning": value.meaning or None}
            for value in parameter.values
        ],
    }


def _finding(finding: Diagnostic) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help or None,
        "path": finding.place.path if finding.place else None,
    }
