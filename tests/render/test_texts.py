"""Many texts rendered at once become what each becomes by itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kb_gen.document import NameOf, Words, Writer, find_targets, plain
from kb_gen.locales import Passage
from kb_gen.model import KnowledgeBase
from kb_gen.render.html import render_texts, words_html


def _writer() -> Writer:
    targets = find_targets(KnowledgeBase({}, {}, {}, (), {}))
    return Writer("en", targets, {1: NameOf("the <sender>"), 2: NameOf("Empfänger", "de")}, lambda: Words(()))


_PIECES = st.sampled_from(
    [
        *(
            "word ",
            "so",
            " ",
            ".",
            "é",
            "<b>",
            "&",
            "&amp;",
            '"',
            "'",
            "\\",
            "\n",
            "\\\n",
            "\0",
            "\r",
            "\x7f",
            "`",
            "*",
        ),
        *("`code`", "`a<b`", "``", "**strong**", "*so*", "_", "a_b", "%", "%1", "%2", "%9", "%0", "%100", "[", "]"),
        *("[text](https://example.com/a_(b))", "[x](javascript:1)", "[x](event:No/1)", "event:No/1", "<http://a>"),
    ]
)
_TEXTS = st.lists(st.lists(_PIECES, max_size=8).map("".join), max_size=6)


@given(_TEXTS)
@example([])
@example(["", ""])
@example(["*a", "b*", "`", "`"])
def test_texts_become_what_each_becomes_by_itself(texts: list[str]) -> None:
    writer = _writer()
    html, text = render_texts(texts, writer, str)
    words = [writer.words(Passage(one, "en")) for one in texts]
    assert html == [words_html(one, str) for one in words]
    assert text == [plain(one.inlines) for one in words]
