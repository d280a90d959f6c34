"""Sentences about logs: English where they are printed, and in other languages where somebody reads a report."""

from __future__ import annotations

import json

import pytest
from test_report import words

from kb_gen.logs.said import in_words, said, said_plural


def test_a_sentence_is_english_wherever_a_text_is_wanted() -> None:
    sentence = said("chunk {number} is damaged: {parts}", number="3", parts=[said("its header is destroyed"), "x{y}"])
    assert sentence == "chunk 3 is damaged: its header is destroyed, x{y}"
    assert json.dumps([sentence]) == '["chunk 3 is damaged: its header is destroyed, x{y}"]'
    german = in_words(sentence, words("de"))
    assert german is not None
    assert (german.text, german.lang) == ("Block 3 ist beschädigt: sein Kopf ist zerstört, x{y}", "de")


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [(1, "1 more line is no field", "1 weitere Zeile ist"), (1_200, "1,200 more lines are no", "1.200 weitere Zeilen")],
)
def test_a_sentence_has_the_form_of_its_number(number: int, english: str, german: str) -> None:
    sentence = said_plural("{count} more line is no field", "{count} more lines are no fields", number)
    told = in_words(sentence, words("de"))
    assert told is not None
    assert sentence.startswith(english)
    assert told.text.startswith(german)


def test_of_any_other_text_nothing_is_known_but_its_english() -> None:
    assert in_words("event 2 can't be read", words("de")) is None
