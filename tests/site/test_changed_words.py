"""Which texts a word that came to a vocabulary, or went from it, may matter to."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb_gen.model import Record
from kb_gen.site.changed_words import ChangedWords
from kb_gen.site.terms import search_terms, terms_beyond_beginnings

RECORD = Record(id="100", source="Shop", product="shop")


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("Die Übersetzung ist fertig.", False),
        ("Übersetzungsfehler", True),
        ("ÜBERSETZUNGSFEHLER", True),
        ("Rückübersetzung", True),
        ("die „Übersetzung“", False),
        ("Fertig\nÜbersetzung", False),
        ("Fertig.", False),
        (r"C:\neu", False),
        (r"C:\neuübersetzung", True),
    ],
)
def test_a_word_matters_as_a_part_of_a_longer_one(text: str, is_part: bool) -> None:
    changed = ChangedWords({"übersetzung"})
    assert changed.may_be_parts_in(json.dumps({"content": text}, ensure_ascii=False).encode()) is is_part


def test_it_is_found_in_letters_whose_small_forms_are_others() -> None:
    assert ChangedWords({"kette"}).may_be_parts_in("\u212aettenglied".encode())
    assert ChangedWords({"straße"}).may_be_parts_in("STRA\u1e9eENBAU".encode())


_PARTS = [
    "warte",
    "schlange",
    "über",
    "setzung",
    "Fehler",
    "nach",
    "netz",
    "richt",
    "ÄNDERUNG",
    "öffnung",
    "weg",
    "straße",
    "ű",
]
_WORDS = st.builds(
    lambda parts, joints: "".join(part + joint for part, joint in zip(parts, joints, strict=False)),
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4),
    st.lists(st.sampled_from(["", "", "s", "n", "en", "-", " ", "\n", "“", "\\", "3", "_"]), min_size=4, max_size=4),
)


@given(
    st.lists(_WORDS, min_size=1, max_size=6),
    st.frozensets(st.sampled_from([part.lower() for part in _PARTS] + ["warteschlange", "übersetzung"])),
    st.frozensets(st.sampled_from([part.lower() for part in _PARTS] + ["wartes", "schlangen"]), min_size=1),
)
@example(["C:\\nachrichtensystem"], frozenset({"system"}), frozenset({"nachricht"}))
@example(["ΑΒΓΔΟΔΟΚΑΣ:Α"], frozenset({"αβγδ"}), frozenset({"οδοκας"}))
def test_no_text_is_missed_whose_terms_are_others(
    words: list[str], vocabulary: frozenset[str], changed: frozenset[str]
) -> None:
    text = " ".join(words)
    told = json.dumps({"content": text}, ensure_ascii=False).encode()
    if not ChangedWords(changed).may_be_parts_in(told):
        for terms in (search_terms, terms_beyond_beginnings):
            assert terms(RECORD, "de", text, vocabulary) == terms(RECORD, "de", text, vocabulary ^ changed)
