"""Texts become HTML."""

from __future__ import annotations

import markupsafe
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.render.html import escaped, escaping


@given(st.text(st.sampled_from("ab&<>'\"é„\U0001f600\n")))
def test_texts_are_escaped_as_markupsafe_does_it(text: str) -> None:
    expected = str(markupsafe.escape(text))
    assert escaped(text) == expected
    assert type(escaped(text)) is str
    assert escaping._replaced(text) == expected
