"""What the quick check proves sound, the rules find nothing wrong with."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_projects import header
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.locales import CatalogSource, read_catalog
from kb_gen.locales.checks import Finding, Pair, PairKind, check_pair
from kb_gen.locales.checks.quick import QuickCheck
from kb_gen.locales.po.strings import escape
from kb_gen.model import MessageSyntax

# Words, marks, halves of marks, and characters that only look harmless. They are put together without spaces, too.
FRAGMENTS = (
    *("a", "b", "Text", "eine", "é", "ß", "1", "12", "3)", "5.", "-", "+", "#", ">", "~~~", "```", "  ", " ", " ", " "),
    *("`a`", "`b`", "`a  b`", '`"`', "`\u2066`", "`\u200b`", "``a``", "` a`", "`", "``", "*a*", "**a**", "**b c**"),
    *(
        "*",
        "**",
        "***a***",
        "_a_",
        "_",
        "__",
        "snake_case",
        "\\",
        "\\*",
        "\\`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "&amp;",
    ),
    *(
        "&quot;",
        "<b>",
        "<https://a.example/>",
        "[t](https://a.example/)",
        "[u](https://a.example/)",
        "[t](http://b.c/)",
    ),
    *(
        "[t](javascript:x)",
        "[t](event:A/1)",
        "[t](event:%20/1)",
        "[t](/a)",
        "[t](https://a/(b))",
        "[a `b`](https://c/)",
    ),
    *(
        '["](https://a.example/)',
        "[\u2067](https://a/)",
        "[t](https://\u2066)",
        "[t](event:\u2066/1)",
        "![t](https://a/)",
    ),
    *("event:", "event:A/1", "event:A/2", "event:A/1/SYM", "event:A%20B/1", "event:%20/1", "event:A", "xevent:A/1"),
    *("%", "%%", "%1", "%2", "%12", "%123", "%0", "%n", "%1!s!", "%2!*.*s!", "%1!", "%s", "%d", "%2$s", "%*d", "% d"),
    *(
        ":",
        "::",
        '"',
        "'",
        "„",
        "“",
        "”",
        "‚",
        "…",
        "\n",
        "\n\n",
        "\n- ",
        "\r",
        "\t",
        "\0",
        "\x07",
        "\x0b",
        "\x1c",
        "\x85",
    ),
    *("\u00a0", "\u00ad", "\u200b", "\u200d", "\u200f", "\u202e", "\u2028", "\u2066", "\u2069", "\ufeff", "\ufffd"),
    *("\U000e0041", "{name}", "{count}", "{", "{{"),
    *(
        "„a“",
        "“a”",
        "”a”",
        "«a»",
        "« a »",
        "»a«",
        "‘a’",
        "‚a‘",
        "'a b'",
        "'b",
        "b'",
        "l'a",
        "a´a",
        "d‘a",
        "‘",
        "«",
        "»",
        "´",
    ),
    *(".", "..", "...", "?", "!", ":", ";", "…", "。", "؟", "?!", "usw.", "etc.", "(a.)", '5"', 'צה"ל', "Nr."),
    *("Exchange", "Exchange-Server", "exchange", "Active Directory", "Active\u00a0Directory", "Active"),
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A source and a translation that has much of it, in another order and with other words."""
    source = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=8))
    text = draw(st.permutations(source)) if draw(st.booleans()) else list(source)
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text)))
        text[place : place + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=1))
    separators = st.sampled_from(["", " ", "x"])
    return draw(separators).join(source), draw(st.sampled_from(["", "T", "", "Ein "])) + draw(separators).join(text)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Pairs of all kinds, into locales with rules of their own."""
    return Pair(
        *draw(texts()),
        tag=draw(st.sampled_from(["de", "de-AT", "fr", "en-GB", "ar", "zh-Hant", "el", "sv", "th", "eo"])),
        kind=draw(st.sampled_from([PairKind.TEXT, PairKind.TEXT, PairKind.MESSAGE, PairKind.INTERFACE])),
        syntax=draw(st.sampled_from(MessageSyntax)),
        room=draw(st.none() | st.integers(0, 20)),
        words=draw(st.sampled_from([(), ("Active Directory", "Exchange")])),
    )


def proves(pair: Pair) -> bool:
    return QuickCheck(pair.tag, pair.syntax, pair.words).proves(pair.source, pair.text, pair.kind, pair.room)


def found(pair: Pair) -> list[Finding]:
    return list(check_pair(pair)) if pair.text else []


@settings(max_examples=1000, deadline=None)
@given(pairs())
def test_no_rule_finds_anything_in_what_is_proved_sound(pair: Pair) -> None:
    assert not (proves(pair) and found(pair))


@settings(max_examples=250, deadline=None)
@given(st.text("ab `*_[]()<>&%:\\\n\"'1-.#\u2066\u2069\u200b„“‘«»´?…", max_size=12), st.data())
def test_nor_in_texts_of_any_characters(source: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.permutations(source)))
    for kind in PairKind:
        pair = Pair(source, text, "de", kind)
        assert not (proves(pair) and found(pair))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Restart the service.", "Starten Sie den Dienst neu."),
        ("Run this command:", "Führen Sie diesen Befehl aus (als Administrator):"),
        ("What the process said, or `0x0`.", "Was der Prozess gemeldet hat, oder `0x0`."),
        ('Write `"a"` and `b`.', 'Schreiben Sie `b` und `"a"`.'),
        ("Click **Add**, *not* **OK**.", "Klicken Sie auf **Hinzufügen** und *nicht* auf **OK**."),
        ("%1 found %2 of 100 %.", "%2 von 100 % hat %1 gefunden."),
        ("See event:A/1 or [here](event:A/2).", "Siehe event:A/1 oder [dort](event:A/2)."),
        ("See [this page](https://a.example/b(c)).", "Siehe [„diese Seite“](https://a.example/b(c))."),
        ("snake_case", "Ein snake_case"),
        ("A\u00a0text", "Z.\u00a0B. ein Text"),
        ("1 = yes", "1 = ja"),
    ],
)
def test_usual_translations_are_proved_sound(source: str, text: str) -> None:
    assert proves(Pair(source, text, "de"))


@pytest.mark.parametrize(
    ("source", "text", "syntax"),
    [
        ("The process failed.", 'Der "Prozess"  ist fehlgeschlagen.', MessageSyntax.FORMATMESSAGE),
        ("%1 sent %2!s!.%n%%", "%2!s! wurde von %1 gesendet.%n%%", MessageSyntax.FORMATMESSAGE),
        ("%s has %d", "%s hat %d", MessageSyntax.PRINTF),
        ("100 %1", "%2 100", MessageSyntax.PLAIN),
    ],
)
def test_usual_message_templates_are_proved_sound(source: str, text: str, syntax: MessageSyntax) -> None:
    assert proves(Pair(source, text, "de", PairKind.MESSAGE, syntax))


@pytest.mark.parametrize(("length", "proved"), [(60, True), (61, False)])
def test_what_may_be_too_long_is_not_proved_sound(length: int, proved: bool) -> None:
    assert proves(Pair("name", "x" * length, "de", room=60)) is proved


NOTES = st.sampled_from(
    [
        *("", "#. explanation of A\n", "#. summary of A\n", "#. name of parameter %1 of A\n#: a.yml\n", "#, fuzzy\n"),
        *("#. explanation, table cell of A\n", "# kb-gen: ignore translation-end-punctuation\n", "# ignore\n"),
        "#. kb-gen: ignore translation-copied, translation-double-space\n#, ignore-translation-quotation-marks\n",
        "# kb-gen: ignore translation-code, translation-nothing (whatever)\n",
    ]
)


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    """The text of a catalog, of which every translation may be wrong."""
    entries = []
    for number, (source, text) in enumerate(draw(st.lists(texts(), max_size=4))):
        context = draw(st.sampled_from(["", "", 'msgctxt "message template"\n', 'msgctxt "c"\n']))
        stretched = text * 20 if draw(st.booleans()) else text
        msgid, msgstr = escape(f"{source}{number}"), escape(f"{stretched}{number}")
        entries.append(f'{draw(NOTES)}{context}msgid "{msgid}"\nmsgstr "{msgstr}"\n')
    return "\n".join([header(), *entries])


@settings(max_examples=300, deadline=None)
@given(catalogs(), st.sampled_from(MessageSyntax))
def test_a_catalog_is_judged_as_the_rules_alone_would_judge_it(
    tmp_path_factory: pytest.TempPathFactory, text: str, syntax: MessageSyntax
) -> None:
    root = tmp_path_factory.getbasetemp()
    Path(root, "a.po").write_text(text, "utf-8", newline="")
    source = CatalogSource(root, "a.po", "de", syntax)
    quick = read_catalog(source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QuickCheck, "proves", lambda *_: False)
        assert read_catalog(source) == quick
    assert (quick.sound_for is syntax) == (not any(f.code.startswith("translation") for f in quick.findings))
