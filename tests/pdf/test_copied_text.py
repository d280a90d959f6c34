"""What readers copy, search and have read aloud."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
import yaml
from printed_files import ROOT, text_of

_COMMAND = (
    'Get-Mailbox | Get-ADPermission | where {$_.ExtendedRights -like "Send-As" -and $_.User -like '
    '"<Benutzerkonto>" -and $_.Deny -eq $false} | ft Identity,User,IsInherited -AutoSize'
)


def test_an_article_is_read_in_order(own: Path) -> None:
    text = text_of(own / "de/exchange.pdf")
    start = text.index("MSExchangeTransport 1024\nSmtpReceiveSendAsDeniedTempAuthFailure")
    for words in (
        "Fehler",
        "Eine über SMTP übermittelte Nachricht",
        "\nMeldung\n",
        "SMTP rejected a (",
        "\nErläuterung\n",
        "\nBenutzeraktion\n",
        "Set-ReceiveConnector",
        "\nVerwandte Ereignisse\n",
        "\nWeitere Informationen\n",
        "MSExchangeTransport 1025\nSmtpReceive",
    ):
        start = text.index(words, start)


@pytest.mark.parametrize("options", [(), ("-raw",), ("-layout",)])
def test_a_command_is_copied_in_one_piece(own: Path, options: tuple[str, ...]) -> None:
    assert _COMMAND in text_of(own / "de/exchange.pdf", *options)


def test_commands_are_copied_as_they_were_written(odd: tuple[Path, str]) -> None:
    text = text_of(odd[0] / "en/odd.pdf")
    records = yaml.safe_load((ROOT / "tests/pdf/odd/content/odd/oddsource/events.yml").read_text(encoding="utf-8"))
    commands = [command["run"] for action in records[0]["actions"] for command in action.get("commands", ())]
    assert max(map(len, commands)) > 150
    for command in commands:
        for line in command.splitlines():
            assert line.strip() in text
    path = records[0]["actions"][-1]["note"].splitlines()[1]
    assert len(path) == 300
    assert path in text


def test_indented_lines_say_so_in_the_file(odd: tuple[Path, str]) -> None:
    with pikepdf.open(odd[0] / "en/odd.pdf") as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    for line in ("    if name:", "        print(name)"):
        assert b"/ActualText<feff" + line.encode("utf-16-be").hex().encode() + b">" in content


def test_references_name_pages(own: Path) -> None:
    pages = text_of(own / "de/exchange.pdf").split("\f")
    there = next(number for number, page in enumerate(pages, 1) if "MSExchangeTransport 1039\nSmtpReceive" in page)
    assert re.search(rf"MSExchangeTransport\s1039\s\(S\.\s{there}\)", " ".join(pages))


def test_heads_are_those_of_a_dictionary(own: Path) -> None:
    pages = text_of(own / "en/exchange.pdf", "-layout").split("\f")
    heads = {number: page.strip().splitlines()[0].split("  ") for number, page in enumerate(pages[:-1], 1)}
    # A left-hand page begins with its first event, a right-hand page ends with its last; the other side has the book.
    assert heads[8][0].startswith("MSExchangeTransport 10")
    assert heads[8][-1].strip() == "Exchange"
    assert heads[9][0] == "Exchange"
    assert heads[9][-1].strip().startswith("MSExchangeTransport 10")


def test_heads_tell_what_pages_begin_and_end_with(large: Path) -> None:
    for file in sorted((large / "pdf/en").glob("shop-[12].pdf")):
        lines = [page.strip().splitlines() for page in text_of(file, "-layout").split("\f")]
        left = right = 0
        for number, (head, *others) in enumerate([page for page in lines if page], 1):
            titles = [line.strip() for line in others if re.fullmatch(r"\s*ShopBus \d+", line)]
            body = [line.strip() for line in others if line.strip()]
            if number % 2 and titles:
                assert head.rpartition("   ")[2].strip() == titles[-1]
                right += 1
            elif titles and body[0] == titles[0]:
                assert head.partition("   ")[0] == titles[0]
                left += 1
            elif "Contents" in body or all(re.search(r"BUS_\d+ .*\d$", line) for line in body[:-1]):
                assert not head.startswith("ShopBus ")
        assert left
        assert right


def test_heads_stand_at_one_height(own: Path) -> None:
    words = text_of(own / "en/exchange.pdf", "-bbox", "-f", "8", "-l", "9")
    pages = [re.findall(r'yMin="([\d.]+)"', page) for page in words.split("<page ")[1:]]
    first, second = (min(map(float, page)) for page in pages)
    assert first == pytest.approx(second, abs=0.01)


def test_no_page_ends_with_what_leads_to_something(own: Path, odd: tuple[Path, str]) -> None:
    for file in (own / "en/exchange.pdf", own / "de/exchange.pdf", odd[0] / "en/odd.pdf"):
        for page in text_of(file).split("\f"):
            # The last line has the page's number.
            lines = [line for line in page.splitlines() if line.strip()][:-1]
            assert not lines or not lines[-1].endswith(":"), lines


def test_quotes_of_prose_are_those_of_its_language(own: Path) -> None:
    english = text_of(own / "en/exchange.pdf")
    assert re.search(r"\w’s\b", english)
    assert re.search('Set-TransportServer "Exchange01"', english)


def test_indexes_find_symbols_and_messages(own: Path) -> None:
    text = " ".join(text_of(own / "en/exchange.pdf").split())
    assert text.index("Index of symbolic names", text.index("Read more")) > 0
    index = text[text.rindex("Index of symbolic names") :]
    for words in ("SmtpReceiveSendAsDeniedTempAuthFailure", "DSC_EVENT_PREFERRED_TOPOLOGY", "SMTP rejected a"):
        assert words in index


def test_what_is_not_translated_is_marked(odd: tuple[Path, str]) -> None:
    text = text_of(odd[0] / "de/odd.pdf")
    assert "Zehn Ebenen von Schritten." in text
    assert "EN Step on level 3." in " ".join(text.split())
    assert "Die übrigen Abschnitte erscheinen auf Englisch" in " ".join(text.split())


def test_characters_without_a_font_are_told_and_seen(odd: tuple[Path, str]) -> None:
    folder, told = odd
    assert "content/odd/othersource/17.yml:1:5: error[pdf-characters] OtherSource 17 has characters" in told
    assert "`文` (U+6587)" in told
    assert told.count("error[") == 1
    text = text_of(folder / "en/odd.pdf")
    assert "▯▯▯▯▯▯" in text
    assert "No font here has some of this article’s characters." in " ".join(text.split())
    assert "تعذر" in text or "ﺗﻌﺬﺭ" in text
