"""The rules are run: over a whole project, or over shards of its records in any number of processes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import Loaded
from kb_gen.validate.content import Content
from kb_gen.validate.facts import Facts, in_records_order, record_facts
from kb_gen.validate.rules import GLOBAL, LOCAL
from kb_gen.validate.survey import survey

__all__ = ["Checked", "validate", "validate_global", "validate_local", "validate_shard"]


class Checked(Struct, frozen=True):
    """What comes of looking at records one by one.

    Attributes:
        findings: what is wrong with them, in order of place.
        facts: what `validate_global` needs to know of each, in the records' order.
    """

    findings: list[Diagnostic]
    facts: list[Facts]


def validate(loaded: Loaded) -> list[Diagnostic]:
    """Everything that is wrong with content that could be loaded, in order of place.

    What was wrong with its form is told by `loaded.diagnostics`; nothing is told twice.
    """
    checked = validate_shard(loaded)
    return in_order([*checked.findings, *validate_global(loaded, checked.facts)])


def validate_shard(loaded: Loaded) -> Checked:
    """What is wrong with each record by itself, and the facts by which records are compared.

    Args:
        loaded: any of the records, but whole files of them, with the gaps of these files; and everything that
            records share: products, categories and snippets.
    """
    content = Content(loaded)
    findings: list[Diagnostic] = []
    facts: list[Facts] = []
    for entry in content.kb.entries:
        seen = survey(entry)
        facts.append(record_facts(entry, seen))
        rules = [each.rule for each in LOCAL if each.screen(content, seen)]
        if rules:
            alone = content.of(entry)
            for rule in rules:
                findings.extend(rule(alone))
    return Checked(in_order(findings), facts)


def validate_local(loaded: Loaded) -> list[Diagnostic]:
    """What is wrong with each record by itself, in order of place; see `validate_shard`."""
    return validate_shard(loaded).findings


def validate_global(loaded: Loaded, facts: Iterable[Facts] | None = None) -> list[Diagnostic]:
    """What is wrong with records as seen beside one another, and with what they share, in order of place.

    Args:
        loaded: the whole project. Where `facts` are given, its records may be left out: the few that are needed to
            say where something stands are read again. What is broken and what has gaps is always needed.
        facts: those of all records, in any order; made from the records if left out.
    """
    if facts is None:
        facts = [record_facts(entry) for entry in loaded.readable.entries]
    content = Content(loaded, in_records_order(facts))
    shared = content.of_shared()
    findings = [finding for rule in GLOBAL for finding in rule(content)]
    findings.extend(finding for each in LOCAL for finding in each.rule(shared))
    return in_order(findings)
