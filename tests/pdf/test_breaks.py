"""Long words break on paper and nowhere else: nothing is added, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.pdf.breaks import address_parts, broken, is_identifier, line_pieces


@given(st.text())
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(broken(text)) == text
    assert "".join(line_pieces(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Z", "C"]), min_size=1))
def test_no_piece_is_long(word: str) -> None:
    assert all(len(piece) <= 18 for piece in broken(word))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("SmtpReceiveSendAsDenied", ["Smtp", "Receive", "Send", "As", "Denied"]),
        (r"C:\Windows\System32", ["C:\\", "Windows\\", "System32"]),
        ("DSC_EVENT_PREFERRED", ["DSC_", "EVENT_", "PREFERRED"]),
        ("word", ["word"]),
    ],
)
def test_where_words_break(word: str, pieces: list[str]) -> None:
    assert list(broken(word)) == pieces


def test_short_words_of_code_stay_whole() -> None:
    assert line_pieces("Get-Mailbox -Identity 'CN=User1,OU=Users'") == ["Get-Mailbox -Identity 'CN=User1,OU=Users'"]
    assert len(line_pieces("type " + "\\folder" * 10)) > 3


@pytest.mark.parametrize("word", ["MSExchangeTransport", r"C:\Temp", "ER_DUP", "x@example.org", "0x80131500A"])
def test_identifiers(word: str) -> None:
    assert is_identifier(word)


@pytest.mark.parametrize("word", ["Donaudampfschifffahrt", "word", "Wort.", "well-known", "(word)"])
def test_words(word: str) -> None:
    assert not is_identifier(word)


def test_addresses_break_behind_their_hosts() -> None:
    address = "https://learn.microsoft.com/previous-versions/office/exchange-server-2010/bb676368(v=exchg.141)"
    parts = address_parts(address)
    assert "".join(parts) == address
    assert parts[0] == "https://learn.microsoft.com/"
    assert 3 < len(parts) < len(broken(address))
    assert "".join(address_parts("x" * 300)) == "x" * 300
    assert max(map(len, address_parts("x" * 300))) < 20
    assert address_parts("") == ()
