"""Measures how fast lines of logs are recognised: `python benchmarks/recognition.py --templates 10000`.

Templates are made of words as frequent as in a language; lines are made of templates, with what log writers put before
them, and of the same words without any template. With `--corpora FOLDER`, real message files are measured as well.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from kb_gen.messages import parse
from kb_gen.messages.recognition import TemplateIndex, TemplateParts, form_of, messages_in, template_parts

_PREFIXES = ("", "2026-05-01 03:12:44 ", "<13>May  1 03:12:44 srv7 app[812]: ", "2026-05-01T03:12:44.123Z [ERROR] ")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789._-\\/@"


def _words(random: Random, count: int) -> list[str]:
    return ["".join(random.choices("abcdefghijklmnoprstuvwz", k=random.randint(2, 11))) for _ in range(count)]


def _templates(random: Random, words: Sequence[str], count: int) -> list[tuple[int, TemplateParts]]:
    """Templates of words of which the second is half as frequent as the first, and so on."""
    weights = list(accumulate(1 / (rank + 4) for rank in range(len(words))))
    made: list[tuple[int, TemplateParts]] = []
    for owner in range(count):
        parts: list[str | int] = []
        for number in range(1, random.randint(2, 5)):
            text = " ".join(random.choices(words, cum_weights=weights, k=random.randint(1, 6)))
            parts += [f"{text} '", number, "' "]
        merged = ["".join(str(part) if isinstance(part, str) else f"\0{part}\0" for part in parts).rstrip()]
        pieces = re.split("\0", merged[0])
        made.append((owner, tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces) if piece)))
    return made


def _value(random: Random) -> str:
    return "".join(random.choices(_LETTERS, k=random.randint(1, 24)))


def _line(random: Random, parts: TemplateParts) -> str:
    text = "".join([part if isinstance(part, str) else _value(random) for part in parts])
    return random.choice(_PREFIXES) + text


def _measure(name: str, templates: Sequence[tuple[int, TemplateParts]], noise: Sequence[str], random: Random) -> None:
    started = time.process_time()
    index = TemplateIndex.of(templates)
    built = time.process_time() - started
    # `%1` alone says nothing, and is in no index.
    sayable = [(owner, parts) for owner, parts in templates if form_of(parts).is_recognisable]
    chosen = random.sample(sayable, min(len(sayable), 4000))
    lines = [(owner, _line(random, parts)) for owner, parts in chosen]
    tables = index.tables
    print(
        f"{name}: {len(templates):,} templates, {len(tables.templates):,} different; index in {built:.2f} s;", end=" "
    )
    print(f"{len(tables.lists):,} keys, the longest list has {max(map(len, tables.lists.values()), default=0):,}")
    for kind, texts in (("lines made of templates", [line for _, line in lines]), ("noise", noise)):
        first = list(_times(index, texts))
        again = sorted(_times(index, texts))
        found = sum(1 for _, hit in first if hit)
        print(
            f"  {kind}: median {again[len(again) // 2][0] * 1e3:.3f} ms, "
            f"p95 {again[int(len(again) * 0.95)][0] * 1e3:.3f} ms, the slowest {again[-1][0] * 1e3:.2f} ms; "
            f"something found in {found:,} of {len(texts):,}"
        )
    right = sum(owner in _best(index, line) for owner, line in lines)
    print(f"  the right one is among the best in {right / len(lines):.2%}")


def _times(index: TemplateIndex, lines: Sequence[str]) -> Iterator[tuple[float, bool]]:
    for line in lines:
        started = time.thread_time()
        found = messages_in(index, line)
        yield time.thread_time() - started, bool(found)


def _best(index: TemplateIndex, line: str) -> set[int]:
    """The owners of the messages that explain most of a line."""
    found = messages_in(index, line)
    return {message.owner for message in found if message.score == found[0].score}


def _errmsg(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if text := re.match(r'\s+(?:eng|ger)\s+"(.*?)"?\s*$', line):
            yield text[1]


def _message_file(file: Path, encoding: str) -> list[str]:
    text = file.read_text(encoding=encoding)
    return re.findall(r"^Language=\w+[ \t]*\n(.*?)^\.[ \t]*$", text, re.MULTILINE | re.DOTALL)


def main() -> None:
    """Print how long building an index and recognising lines take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--templates", type=int, default=10_000, help="how many templates are made")
    parser.add_argument("--words", type=int, default=8_000, help="how many different words they are made of")
    parser.add_argument("--corpora", type=Path, help="a folder with mariadb/ and reactos/ message files")
    options = parser.parse_args()
    random = Random(1)
    words = _words(random, options.words)
    noise = [_line(random, (" ".join(random.choices(words, k=random.randint(4, 16))), 1)) for _ in range(2000)]
    _measure("made", _templates(random, words, options.templates), noise, random)
    if options.corpora is None:
        return
    printf = [parse(text, "printf") for text in _errmsg(options.corpora / "mariadb/errmsg-utf8.txt")]
    _measure("MariaDB", [(n, template_parts(template)) for n, template in enumerate(printf)], noise, random)
    windows = [
        parse(text, "formatmessage")
        for name, encoding in (("errcodes.mc", "utf-8"), ("de-DE.mc", "cp1252"), ("evtmsgstr.mc", "ascii"))
        for text in _message_file(options.corpora / "reactos" / name, encoding)
    ]
    _measure("ReactOS", [(n, template_parts(template)) for n, template in enumerate(windows)], noise, random)


if __name__ == "__main__":
    main()
