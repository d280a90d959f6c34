"""How long a translation memory takes to load, to answer, and to pass through TMX.

    python benchmarks/translation_memory.py --entries 50000

Texts are made of words drawn by chance, always the same ones. Times are of the processor, so that other programs on the
machine matter little.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kb_gen.locales.glossary import Glossary, Term
from kb_gen.locales.memory import export_memory, import_tmx, load_memory, write_tmx
from kb_gen.locales.po import PoEntry, PoFile, write_po

T = TypeVar("T")

_SYLLABLES = ("con", "mail", "re", "box", "ser", "ver", "net", "work", "queue", "log", "trans", "port", "ac", "count")
_CATALOGS = 10
_QUESTIONS = 500
_FIELDS = "Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"


def _words(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]


def _text(chance: random.Random, words: list[str]) -> str:
    # Frequent words are frequent: a few of all make up most of a text.
    ranks = [int(len(words) * chance.random() ** 3) for _ in range(chance.randint(3, 30))]
    return " ".join(words[rank] for rank in ranks).capitalize() + "."


def _project(root: Path, entries: int) -> list[str]:
    """A project with so many translated texts; gives the texts."""
    chance = random.Random(7)
    words = _words(chance)
    texts = list(dict.fromkeys(_text(chance, words) for _ in range(entries)))
    folder = root / "translations/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    for number in range(_CATALOGS):
        part = [
            PoEntry(text, (text[::-1],), extracted=(f"summary of Source {place}",))
            for place, text in enumerate(texts[number::_CATALOGS])
        ]
        (folder / f"source{number}.po").write_bytes(write_po(PoFile(PoEntry("", (_FIELDS,)), tuple(part))))
    return texts


def _timed(what: str, work: Callable[[], T]) -> T:
    start = time.process_time()
    result = work()
    print(f"{what:<50}{time.process_time() - start:10.3f} s")
    return result


def main() -> None:
    """Measures, and prints a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        texts = _project(root, entries)
        memory = _timed(f"load {len(texts):,} entries", lambda: load_memory(root, "de")[0])
        _timed("first question, with the index", lambda: memory.matches("A first question."))
        _questions(texts, memory.matches)
        exported = _timed("export", lambda: export_memory(root, ["de"]))
        file = root / "all.tmx"
        _timed("write TMX", lambda: file.write_bytes(b"".join(write_tmx(exported.units, "en"))))
        print(f"{'size of the TMX file':<50}{file.stat().st_size / 1e6:10.1f} MB")
        _timed("import TMX", lambda: import_tmx(root, file, "en", ["de"]))
        for catalog in (root / "translations/de/LC_MESSAGES").iterdir():
            catalog.unlink()
        _timed("load the same from TMX", lambda: load_memory(root, "de"))
        glossary = Glossary([Term(word, (word,)) for word in sorted({text.split()[1] for text in texts[:500]})], "de")
        start = time.process_time()
        for text in texts[:5000]:
            glossary.terms_in(text)
        spent = (time.process_time() - start) / 5000
        print(f"{f'terms of a text, with {len(glossary)} terms':<50}{spent * 1000:10.3f} ms")


def _questions(texts: list[str], ask: Callable[[str], object]) -> None:
    chance = random.Random(8)
    spent = []
    for text in chance.sample(texts, _QUESTIONS):
        question = f"{text} Further words."
        start = time.process_time()
        ask(question)
        spent.append(time.process_time() - start)
    print(f"{'question, median':<50}{statistics.median(spent) * 1000:10.3f} ms")
    print(f"{f'question, slowest of {_QUESTIONS}':<50}{max(spent) * 1000:10.3f} ms")


if __name__ == "__main__":
    main()
