"""Articles as plain text."""

from __future__ import annotations

from site_samples import FIXTURES, context_of, page_of

from kb_gen.document import Chip, CommandBlock, Note, NoteKind, Paragraph, Text, Words
from kb_gen.render.text import article_text, block_text


def test_an_article_is_what_a_reader_would_read_aloud() -> None:
    page = page_of(context_of(FIXTURES / "lookup"), "en", "msexchangetransport/1024")
    message = (
        "SMTP rejected a (address type) mail from 'sender address' with 'Receive connector' connector and user "
        "authenticated as 'authenticated user'. There was a transient Active Directory directory service exception "
        "thrown with the following information. exception text"
    )
    assert article_text(page.article).splitlines() == [
        "A message was refused, because nobody could check whether the user may send as this sender.",
        "Exchange",
        "14.0 (Exchange Server 2010)",
        "1024",
        "MSExchangeTransport",
        "Application",
        "SmtpReceive",
        "Error",
        "SmtpReceiveSendAsDeniedTempAuthFailure",
        message,
        "sender address (user1@tailspintoys.com)",
        "Receive connector",
        "authenticated user",
        "address type",
        "exception text",
        "The authenticated user could not be checked. See MSExchangeTransport 1025 and a page.",
        "Value | Meaning",
        "P1 | the envelope",
        "Look at the Receive connector:",
        'Get-ReceiveConnector "<Receive connector>"',
        "Tell an administrator.",
        "MSExchangeTransport 1025",
        "A page: With more.",
    ]


def test_nothing_is_escaped() -> None:
    words = Words((Text("a < b & c"),))
    note = Note(
        NoteKind.NOTICE,
        (Paragraph(words), CommandBlock(Words((Text("Shell"),)), "bash", ("echo ", Chip(1, "the name")))),
    )
    assert block_text(note) == "a < b & c\necho <the name>"
