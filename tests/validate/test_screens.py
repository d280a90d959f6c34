"""A screen spares a rule the records of which it has nothing to say, and no other."""

from __future__ import annotations

import itertools
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb_gen.diagnostics import in_order
from kb_gen.load import Loaded, Sources
from kb_gen.messages import parse
from kb_gen.model import (
    Action,
    Command,
    Entry,
    EventSource,
    KnowledgeBase,
    MessageSyntax,
    Parameter,
    Product,
    Record,
    Reference,
    Step,
    Variant,
)
from kb_gen.validate import LOCAL, Content, record_facts, validate_local
from kb_gen.validate.facts import target_of
from kb_gen.validate.glance import glance
from kb_gen.validate.survey import survey
from kb_gen.validate.texts import Form, record_texts

PIECES = [
    *"\n\r\t <>[]()|`*_\\&;:!#=-+%.,/\"'1x~ä",
    "\x0b",
    "\x85",
    "\u2028",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\0",
    "event",
    "event:",
    "event:Service/1",
    "event:Service%20Host/1/Symbol",
    "event\\:Service/1",
    "event&#58;Service/1",
    "\\event:Service/1",
    "&#101;vent:Service/1",
    "_event:Service",
    "[event:A/1](event:B/2)",
    "[x](event:A/1 'title')",
    "[x](<event:A/1 2>)",
    "[x]( event:A/1,2)",
    "<event:A/1>",
    "](",
    "[x](https://example.com/?a=1&b=2)",
    "[x](https://example.com/&Tab;)",
    "[x](javascript:1)",
    "[x](mailto:a@example.com 'title')",
    "<https://example.com/>",
    "<javascript:1>",
    "<a@example.com>",
    "<b>",
    "`<b>`",
    "%1",
    "%2",
    "%3",
    "%12",
    "{%3}",
    "![",
    "\n\n- - -",
    "\n# ",
    "\n- > x",
    "\n1) ## x",
    "\n***",
    "\n===",
    "\n| a | b |\n|---|---|\n| c | d | e |",
    "\n```\n",
    "word ",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
NAMES = st.sampled_from(["", "14.0", "15.0", "99"])
SHELLS = st.sampled_from(["", "exchange", "Bash", "rust", "nothing"])
STEPS: st.SearchStrategy[Step] = st.recursive(
    st.builds(Step, text=TEXTS, use=st.sampled_from(["", "", "look", "nothing"]), note=TEXTS),
    lambda inner: st.builds(
        Step,
        text=TEXTS,
        commands=st.lists(st.builds(Command, shell=SHELLS, run=TEXTS), max_size=2).map(tuple),
        steps=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=3,
)
RECORDS = st.builds(
    Record,
    id=st.sampled_from(["1", "-1", "Name", "x 2"]),
    source=st.sampled_from(["Service", "Print", "Plain", "Other", "assets"]),
    product=st.sampled_from(["shop", "shop", "bare", "none"]),
    version=NAMES,
    symbolic_name=st.sampled_from(["", "SYMBOL"]),
    message=TEXTS,
    variants=st.lists(st.builds(Variant, version=NAMES, message=TEXTS), max_size=2).map(tuple),
    parameters=st.dictionaries(
        st.integers(1, 12),
        st.builds(Parameter, name=TEXTS | st.just("%1" * 31), holds=TEXTS, example=TEXTS),
        max_size=2,
    ),
    summary=TEXTS | st.just("x" * 201) | st.just("*x*" * 70),
    explanation=TEXTS,
    actions=st.lists(
        STEPS.map(lambda step: Action(step.text, step.use, step.commands, step.note, step.steps)), max_size=2
    ).map(tuple),
    related=st.lists(TEXTS, max_size=1).map(tuple),
    references=st.lists(
        st.builds(
            Reference,
            title=TEXTS | st.just("x" * 121),
            url=TEXTS
            | st.sampled_from(["https://example.com/", "mailto:", "https://[x/", "https://example.com/\u200e"]),
        ),
        max_size=2,
    ).map(tuple),
    context=TEXTS,
    former=st.lists(TEXTS | st.sampled_from(["Service/1", "Service/0x1"]), max_size=1).map(tuple),
)
PATHS = st.sampled_from(
    [
        ("content/shop/service/1.yml", None),
        ("content/shop/print-out/x-2.yml", None),
        ("content/shop/print/1-symbol.yml", None),
        ("content/shop/service/all.yml", 0),
        ("content/shop/all.yml", 1),
        ("content/bare/source-assets/name.yml", None),
        ("content/a/b/c/1.yml", None),
    ]
)
SHOP = Product(
    "Shop",
    versions={"14.0": "Shop 14"},
    sources={
        "Service": EventSource(),
        "Print": EventSource(syntax=MessageSyntax.PRINTF, address="print-out"),
        "Plain": EventSource(syntax=MessageSyntax.PLAIN),
    },
)
SOUND = Record(
    "1",
    "Service",
    "shop",
    message="Of %1",
    parameters={1: Parameter("it")},
    explanation="See event:Service%20Host/1.\n\n- [x](https://example.com/a_b?c&d)\n- *%1*",
)


def _loaded(entry: Entry) -> Loaded:
    products = {"shop": SHOP, "bare": Product("Bare")}
    kb = KnowledgeBase(products, {}, {"look": Step("Look.")}, (entry,), {"products": "content/products.yml"})
    return Loaded(kb, (), Sources(Path("/nonexistent")), readable=kb)


@settings(max_examples=200, deadline=None)
@given(RECORDS, PATHS)
@example(SOUND, ("content/shop/service/1.yml", None))
@example(msgspec.structs.replace(SOUND, summary="\\event:Service/3"), ("content/shop/service/1.yml", None))
def test_a_screen_hides_no_finding_and_the_facts_no_reference(record: Record, at: tuple[str, int | None]) -> None:
    entry = Entry(record, *at)
    loaded = _loaded(entry)
    alone = Content(loaded).of(entry)
    assert validate_local(loaded) == in_order(finding for each in LOCAL for finding in each.rule(alone))

    marked_up = (written for written in record_texts(entry) if written.form is not Form.PLAIN)
    referring = (
        written for written in marked_up if any(sign in written.text for sign in ("event:", "event&", "event\\"))
    )
    targets = {target_of(inline) for written in referring for inline in written.inlines()} - {None}
    assert targets <= set(record_facts(entry).mentions)


def test_a_sound_record_is_spared_by_every_screen() -> None:
    entry = Entry(SOUND, "content/shop/service/1.yml")
    content = Content(_loaded(entry))
    assert [each.rule.__name__ for each in LOCAL if each.screen(content, survey(entry))] == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*"%%%%!10nrtb. *sldx5\n", "%1!s!", "%2!*.*s!", "%0"]), max_size=12).map("".join),
    st.sampled_from(MessageSyntax),
)
def test_a_glance_at_a_message_tells_what_its_parts_tell(text: str, syntax: MessageSyntax) -> None:
    template = parse(text, syntax)
    assert glance(text, syntax) == (frozenset(template.numbers), bool(template.problems))


def _filled(kind: Any, numbers: Iterator[int], depth: int = 3) -> Any:
    """A value with something in each of its parts, in which each text is another."""
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return (_filled(arguments[0], numbers, depth - 1),) if depth else ()
    if typing.get_origin(kind) is dict:
        return {1: _filled(arguments[1], numbers, depth - 1)}
    if kind is str:
        return f"<{next(numbers)}>"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _filled(hint, numbers, depth) for name, hint in hints.items()})
    return True if kind is bool else None


def test_a_survey_sees_every_text() -> None:
    entry = Entry(_filled(Record, itertools.count(1)), "content/shop/service/1.yml")
    seen = survey(entry)
    texts = list(record_texts(entry))
    assert len(texts) > 20
    assert Counter(seen.marked_up.split()) == Counter(each.text for each in texts if each.form is not Form.PLAIN)
    assert Counter(seen.plain.split()) == Counter(each.text for each in texts if each.form is Form.PLAIN)
    assert Counter(seen.runs.split()) == Counter(each.text for each in texts if each.field == "run")
    assert Counter(seen.shells) == Counter(each.text for each in texts if each.field == "shell")
