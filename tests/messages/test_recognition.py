"""Recognising messages in texts: the right template with the right values, nothing in noise, and never much work."""

from __future__ import annotations

import random
import string
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.messages import fill, parse
from kb_gen.messages.kinds import ValueKind
from kb_gen.messages.recognition import (
    LONGEST_TEXT,
    FoundMessage,
    TemplateIndex,
    TemplateParts,
    form_of,
    messages_in,
    page_of,
    template_parts,
    whole_messages_on,
    without_mark,
)
from kb_gen.messages.recognition.values import is_such, own_end

PREFIXES = (
    "",
    "2026-05-01 03:12:44 ",
    "2026-05-01  3:12:44 0 [ERROR] ",
    "<13>May  1 03:12:44 srv7 app[812]: ",
    "2026-05-01T03:12:44.123Z ",
    "[4711] ",
)


def index_of(templates: Sequence[str], syntax: str = "formatmessage") -> TemplateIndex:
    return TemplateIndex.of([(owner, template_parts(parse(text, syntax))) for owner, text in enumerate(templates)])


def told(message: FoundMessage) -> tuple[int, dict[int, str]]:
    return message.owner, {value.number: value.text for value in message.values}


TEMPLATES = (
    "Volume %1 has only %2 MB of free space left.",
    "Auf dem Datenträger %1 sind nur noch %2 MB frei.",
    "Cannot open file '%1'",
    "Cannot open file '%1' (error %2: %3)",
    "%1 failed",
    "%1: cannot reach %2",
    "The service was stopped.",
    "The parameters of %1 are:%n%tname %2%n%tport %3",
    "无法打开文件%1，请检查权限",
    "No",
)

LINES: Mapping[str, tuple[int, dict[int, str]] | None] = {
    "Volume C: has only 5 MB of free space left.": (0, {1: "C:", 2: "5"}),
    "VOLUME C: HAS ONLY 5 MB OF FREE SPACE LEFT.": (0, {1: "C:", 2: "5"}),
    "  Volume   C:\thas only\n5 MB of free   space left.": (0, {1: "C:", 2: "5"}),
    "Volume A  b has only  MB of free space left.": (0, {1: "A  b", 2: ""}),
    "01.05.2026 03:12:44 Auf dem Datenträger D: sind nur noch 12 MB frei.": (1, {1: "D:", 2: "12"}),
    "cannot open file ‘it's’": (2, {1: "it's"}),
    "Cannot open file 'a' (error 5: Access 'x' is denied)": (3, {1: "a", 2: "5", 3: "Access 'x' is denied"}),
    "May  1 03:12:44 srv7 app[812]: checkdisk failed": (4, {1: "checkdisk"}),
    "2026-05-01 03:12:44 srv7 app: disk 3: cannot reach /data": (5, {1: "disk 3", 2: "/data"}),
    "x\n2026-05-01 The service was stopped.\ny": (6, {}),
    "The parameters of mail are:\n\tname smtp\n\tport 25": (7, {1: "mail", 2: "smtp", 3: "25"}),
    "2026-05-01 无法打开文件/var/log，请检查权限": (8, {1: "/var/log"}),
    "Volume C: has only 5 MB of free sp...": (0, {1: "C:", 2: "5"}),
    "has only 5 MB of free space left.": (0, {2: "5"}),
    "The quick brown fox jumps over the lazy dog, and the backup of volume seven failed because of rain.": None,
    "2026-05-01  3:12:44 0 [ERROR] No": (9, {}),
    "No more of that": None,
    "Started Main in 3.142 seconds (JVM running for 4.2)": None,
    "": None,
    " \n\t": None,
    "%1 %2 %3 ''' ((( \0": None,
}


@pytest.mark.parametrize("line", LINES)
def test_lines_lead_to_templates_and_values(line: str) -> None:
    found = messages_in(index_of(TEMPLATES), line)
    assert (told(found[0]) if found else None) == LINES[line]


def test_of_several_that_fit_the_one_that_explains_most_is_first() -> None:
    index = index_of(["%1 failed", "Job %1 failed", "Job %1 failed: %2", "%1 failed: %2"])
    found = messages_in(index, "Job nightly failed: disk full")
    assert told(found[0]) == (2, {1: "nightly", 2: "disk full"})
    assert [message.owner for message in messages_in(index, "Job nightly failed")][:1] == [1]


def test_a_cut_message_that_begins_with_another_one_comes_before_that() -> None:
    index = index_of(
        [
            "Access denied for user '%1'@'%2'",
            "Access denied for user '%1'@'%2' (using password: %3)",
            "Access denied for user '%1'@'%2' to database '%3'",
            "%1 (using passports)",
        ]
    )
    line = "2026-05-01 03:12:44 Access denied for user 'root'@'localhost' (using pass"
    assert [(told(found), found.whole) for found in messages_in(index, line)] == [
        ((1, {1: "root", 2: "localhost"}), False),
        ((0, {1: "root", 2: "localhost"}), True),
    ]
    # Two letters say nothing, and what goes on in no message is no beginning of one.
    for end in (" (us", " (using pass, he said", " to data and more", ""):
        assert [found.owner for found in messages_in(index, f"Access denied for user 'root'@'localhost'{end}")] == [0]


@pytest.mark.parametrize("line", [*LINES, "Job nightly failed: disk full", "nightly failed", "Job %1 fa", "failed: x"])
def test_whole_messages_alone_are_those_that_all_of_the_messages_have(line: str) -> None:
    for templates in (TEMPLATES, ["%1 failed", "Job %1 failed", "Job %1 failed: %2", "%1 failed: %2"]):
        index = index_of(templates)
        whole = whole_messages_on(index, page_of(without_mark(line)))
        if index.candidates(page_of(line)).counts:
            assert whole == tuple(found for found in messages_in(index, line) if found.whole)
        else:
            assert whole == ()


def test_a_template_of_many_events_gives_all_of_them_and_a_hint_decides() -> None:
    index = index_of(["The scan of %1 has ended."] * 3)
    line = "DiskWatch 12: The scan of E: has ended."
    assert [message.owner for message in messages_in(index, line)] == [0, 1, 2]
    found = messages_in(index, line, lambda owner, text: 3.0 if owner == 2 and "12" in text else 0.0)
    assert [message.owner for message in found] == [2, 0, 1]


def test_an_insertion_string_that_occurs_twice_holds_the_same() -> None:
    index = index_of(["Copied %1 over the old %2", "Copied %1 over the old %1"])
    assert messages_in(index, "Copied a over the old a")[0].owner == 0
    assert [message.owner for message in messages_in(index, "Copied a over the old b")] == [0, 1]


def test_several_lines_with_a_message_each_give_each() -> None:
    text = "03:12:44 Volume C: has only 5 MB of free space left.\n03:12:45 nothing\n03:12:46 The service was stopped.\n"
    assert [message.owner for message in messages_in(index_of(TEMPLATES), text)] == [0, 6]


def _made_templates(generator: random.Random, count: int, words: Sequence[str]) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        values = generator.randint(1, 4)
        text = ""
        for number in range(1, values + 1):
            opening, closing = generator.choice([("'", "'"), ("(", ")"), ('"', '"'), ("[", "]")])
            text += f"{' '.join(generator.choices(words, k=generator.randint(2, 5)))} {opening}%{number}{closing} "
        made[text.strip()] = None
    return list(made)


@pytest.mark.parametrize("words", [40, 400, 4000])
def test_values_come_back_from_thousands_of_templates(words: int) -> None:
    generator = random.Random(words)
    known = ["".join(generator.choices(string.ascii_lowercase, k=generator.randint(4, 9))) for _ in range(words)]
    templates = _made_templates(generator, 3000, known)
    index = index_of(templates)
    wrong = []
    for owner in generator.sample(range(len(templates)), 300):
        template = parse(templates[owner], "formatmessage")
        values = {
            number: "".join(generator.choices("abcXYZ019-_./\\@:äß", k=generator.randint(1, 12)))
            for number in template.numbers
        }
        line = generator.choice(PREFIXES) + fill(template, values)
        found = messages_in(index, line)
        if not found or told(found[0]) != (owner, values):
            wrong.append((line, found[:2]))
    assert wrong == []


TEXTS = st.text(alphabet=st.sampled_from("ab %'.\n\té中ςİ\0…-1"), max_size=60)
PARTS = st.lists(st.one_of(TEXTS, st.integers(1, 4)), max_size=9).map(tuple)


@given(st.lists(PARTS, max_size=12), TEXTS)
def test_no_templates_and_no_text_break_anything(templates: list[TemplateParts], text: str) -> None:
    index = TemplateIndex.of(enumerate(templates))
    for message in messages_in(index, text):
        assert 0 <= message.owner < len(templates)
        # A value is what is written in the text, nothing else.
        assert all(value.text in text for value in message.values)


@given(
    st.lists(st.sampled_from(["queue", "server", "transport", "mailbox", "database"]), min_size=3, max_size=8), TEXTS
)
def test_a_text_without_values_is_found_wherever_it_stands(words: list[str], before: str) -> None:
    text = " ".join(words)
    index = TemplateIndex.of([(0, (text,)), (1, ("something else altogether",))])
    assert [message.owner for message in messages_in(index, f"{before}\n{text}\n")] == [0]


class _Counting(dict[str, list[int]]):
    """The lists of an index, which count how often somebody asks for one."""

    asked = 0

    def __contains__(self, key: object) -> bool:
        self.asked += 1
        return super().__contains__(key)


HOSTILE_TEMPLATES: Mapping[str, Sequence[str]] = {
    "the same words in all": [f"error {'%1 ' * (n % 90)}in module" for n in range(5000)],
    "all pairs of a few words": [f"w{n % 71} w{n // 71} %1 failed" for n in range(5000)],
    "no words at all": [f"%1{'.' * n}%2" for n in range(2000)],
    "one long template": ["a " * 50_000 + "%1"],
    "a value behind each letter": ["".join(f"x%{n}" for n in range(1, 100)) * 40] * 50,
    "each word in most": [" ".join(f"v{word}" for word in range(40) if n >> (word % 11) & 1) for n in range(4000)],
}
HOSTILE_TEXTS = (
    "error in module " * 1200,
    " ".join(f"w{n}" for n in range(4000)),
    " ".join(f"v{n}" for n in range(40)) * 50,
    "a " * 10_000,
    "x" * LONGEST_TEXT,
    "\n" * LONGEST_TEXT,
    "x\n y\n" * 4000,
    "." * LONGEST_TEXT + "…",
    "[" * LONGEST_TEXT,
    "12:34:56 " * 2000,
    "a" * 300_000,
)


@pytest.mark.parametrize("kind", HOSTILE_TEMPLATES)
def test_no_templates_and_no_text_make_much_work(kind: str) -> None:
    index = index_of(HOSTILE_TEMPLATES[kind])
    counting = _Counting(index.tables.lists)
    counted = TemplateIndex(
        type(index.tables)(index.tables.templates, index.tables.owners, counting, index.tables.classes)
    )
    for text in HOSTILE_TEXTS:
        counting.asked = 0
        candidates = counted.candidates(page_of(text))
        assert counting.asked < 3500
        assert len(candidates.counts) <= 24 * 64
        assert len(messages_in(index, text)) <= 100


def test_lists_stay_short_and_few_whatever_the_templates_are() -> None:
    for templates in HOSTILE_TEMPLATES.values():
        index = index_of(templates)
        words = sum(len(parts) for parts in index.tables.templates)
        # Where lists are long, it is because their templates have the same words.
        assert sum(map(len, index.tables.lists.values())) <= 15 * len(index.tables.templates) + words


@pytest.mark.parametrize(
    ("template", "line", "values"),
    [
        (
            "The query exceeded %s %llu. Its result is lost",
            "The query exceeded a b 5. Its result is lost",
            ["a b", "5"],
        ),
        ("Got error %s %d", "Got error of disk 12 -5", ["of disk 12", "-5"]),
        ("Retry %d failed for %s", "Retry 5 failed for x 7 failed for y", ["5", "x 7 failed for y"]),
        ("Row %d of file %s", "Row x Row 7 of file y", ["x Row 7", "y"]),
        ("Disk is full by %f. Remove files", "Disk is full by 93.5. Remove files", ["93.5"]),
        ("Disk is full by %f.", "Disk is full by 93.5. Really.", ["93.5"]),
        ("Disk errors: %d", "Disk errors: 93, client: db1", ["93"]),
        ("Disk errors: %d", "Disk errors: 93rd", ["93rd"]),
        ("Disk errors: %d", "Disk errors: many of them", ["many of them"]),
        ("Unknown table %`s.%`s", "Unknown table `a.b`.`c``d`", ["a.b", "c`d"]),
        ("Unknown table %sQ.%sQ.", "Unknown table `a.b`.`c d`. Ok.", ["a.b", "c d"]),
        ("Unknown table %`s.%`s", "Unknown table a.b", ["a", "b"]),
        ("Cannot open (errno: %M) now", 'Cannot open (errno: 2 "No (such) now") now', ['2 "No (such) now"']),
        ("Address 0x%p, size %u bytes", "Address 0x00FF, size 12 bytes", ["00FF", "12"]),
        ("%s. Statement: %s", "2024-01-01. Statement: DROP", ["2024-01-01", "DROP"]),
    ],
)
def test_a_format_tells_what_its_value_looks_like(template: str, line: str, values: list[str]) -> None:
    index = index_of([template], syntax="printf")
    (found,) = messages_in(index, line)
    assert [value.text for value in found.values] == values


def test_of_two_templates_the_one_is_meant_whose_values_look_as_they_should() -> None:
    index = index_of(["Error in file %s, skipped", "Error in file %d, skipped"], syntax="printf")
    assert [found.owner for found in messages_in(index, "Error in file 5, skipped")] == [1, 0]
    assert [found.owner for found in messages_in(index, "Error in file five, skipped")] == [0, 1]


def test_values_that_touch_have_no_format() -> None:
    assert form_of(template_parts(parse("Disk %d%s is full", "printf"))).kinds == (None,)


@given(st.sampled_from(ValueKind), st.text('+-.0123456789abefinx`" '), st.integers(0, 3))
def test_a_value_that_shows_where_it_ends_is_one(kind: ValueKind, text: str, start: int) -> None:
    end = own_end(text, kind, start, len(text))
    assert end == -1 or (start < end <= len(text) and is_such(text, kind, start, end))


def test_rare_words_in_values_dont_hide_the_message() -> None:
    words = [
        "lorem",
        "ipsum",
        "dolor",
        "amet",
        "consectetur",
        "adipiscing",
        "elit",
        "sed",
        "eiusmod",
        "tempor",
        "incididunt",
        "labore",
    ]
    fillers = [f"{one} {other} happened" for one in words for other in words if one < other]
    index = index_of(["Table '%1' is read only", *fillers])
    line = f"May  1 03:12:44 db1 mariadbd[812]: Table '{' '.join(words)}' is read only"
    assert messages_in(index, line)[0].owner == 0


def test_a_message_that_gives_another_as_its_reason_comes_first() -> None:
    quoted = "You have an error in your syntax; check the manual for the right syntax to use"
    index = index_of(
        [quoted, "%1 near '%2' at line %3", "Fatal error: %1", "%1 %2 already exists", "Table '%1' already exists"]
    )
    assert [told(found) for found in messages_in(index, f"{quoted} near 'GRANT' at line 7")] == [
        (1, {1: quoted, 2: "GRANT", 3: "7"}),
        (0, {}),
    ]
    line = "PHP Fatal error:  Uncaught PDOException: Base table or view: Table 'users' already exists in /var/db.php:12"
    assert messages_in(index, line)[0].owner == 4


@pytest.mark.parametrize("template", ["Database", "host name", "temporary"])
def test_a_word_or_two_are_recognised_only_where_they_have_a_line_for_themselves(template: str) -> None:
    index = index_of([template])
    assert messages_in(index, f"The {template} was started for its owner") == ()
    assert messages_in(index, f"2026-05-01 03:12:44 {template}")[0].owner == 0


@pytest.mark.parametrize(
    "header",
    [
        "240501  3:12:44 [ERROR] ",
        "<11>1 2026-05-01T03:12:44Z db1 mariadbd 812 - - ",
        '<11>1 2026-05-01T03:12:44Z db1 mariadbd 812 ID47 [x@1 a="b"] ',
        "db1_1  | 2026-05-01 3:12:44 0 [ERROR] ",
        "Mai 01 03:12:44 srv mariadbd[99]: ",
        "java.sql.SQLSyntaxErrorException: (conn=45) ",
        "PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000]: General error: 1305 ",
        "Slave SQL: Error '",
    ],
)
def test_a_value_begins_behind_the_header_of_its_line(header: str) -> None:
    index = index_of(["%1 function only accepts integers"])
    assert [told(found) for found in messages_in(index, f"{header}v20 function only accepts integers")] == [
        (0, {1: "v20"})
    ]
