from __future__ import annotations

import datetime as dt
import gc
import os
import pickle
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.diagnostics import Diagnostic, concise
from kb_gen.load import Loaded, Sources, load_project, read_file, reading
from kb_gen.load import composition as composition_module
from kb_gen.load.files import MAX_BYTES
from kb_gen.load.reading import FileResult, parse_file
from kb_gen.model import EventSeverity, Record

HEAD = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\n"
PATH = "content/exchange/msexchangetransport/1024.yml"


def _load(root: Path, text: str | bytes, path: str = PATH) -> Loaded:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_project(root)


def _record(root: Path, text: str | bytes) -> Record:
    loaded = _load(root, text)
    assert loaded.diagnostics == ()
    (entry,) = loaded.knowledge_base.entries
    return entry.record


def _only(loaded: Loaded) -> Diagnostic:
    (finding,) = loaded.diagnostics
    return finding


def _shown(loaded: Loaded) -> list[str]:
    return list(concise(loaded.diagnostics, loaded.sources))


def test_values_are_what_the_fields_type_says_and_not_what_yaml_guesses(tmp_path: Path) -> None:
    record = _record(
        tmp_path,
        HEAD
        + "version: 14.10\ncategory: no\nsymbolic_name: 1_000\nmodified: 2011-03-19\nseverity: error\n"
        + "summary: 0x400\nexplanation: 2011-03-19\nmessage: 'null'\n"
        + "parameters:\n  2: {name: yes, example: 1e3}\n",
    )
    assert record.version == "14.10"
    assert record.category == "no"
    assert record.symbolic_name == "1_000"
    assert record.modified == dt.date(2011, 3, 19)
    assert record.severity is EventSeverity.ERROR
    assert record.summary == "0x400"
    assert record.explanation == "2011-03-19"
    assert record.message == "null"
    assert record.parameters[2].name == "yes"
    assert record.parameters[2].example == "1e3"


@pytest.mark.parametrize("written", ["~", "null", "Null", "NULL"])
@pytest.mark.parametrize("field", ["summary: {}", "actions: {}", "related: [{}]", "former: [{}]"])
def test_yamls_words_for_nothing_are_no_value(tmp_path: Path, field: str, written: str) -> None:
    assert _only(_load(tmp_path, f"{HEAD}{field.format(written)}\n")).code == "empty-value"


@pytest.mark.parametrize(("written", "ordered"), [("no", False), ("off", False), ("false", False), ("Yes", True)])
def test_a_truth_value_has_many_spellings(tmp_path: Path, written: str, ordered: bool) -> None:
    record = _record(tmp_path, f"{HEAD}actions:\n  - text: Do it.\n    ordered: {written}\n")
    assert record.actions[0].ordered is ordered


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("1024", "1024"),
        ("0x400", "1024"),
        ("0X400", "1024"),
        ("'1024'", "1024"),
        ("+1024", "1024"),
        ("0001024", "1024"),
        ("-0", "0"),
        ("-1073740800", "-1073740800"),
        ("0xC0000400", "3221226496"),
        ("ER_DUP_ENTRY", "ER_DUP_ENTRY"),
        ("PathNotFound,Microsoft.PowerShell", "PathNotFound,Microsoft.PowerShell"),
    ],
)
def test_ids_have_one_canonical_form(tmp_path: Path, written: str, canonical: str) -> None:
    assert _record(tmp_path, HEAD.replace("1024", written)).id == canonical


@pytest.mark.parametrize(
    "written", ["1.5", "10 24", "a/b", "_x", "0x", "4294967296", "-2147483649", "9" * 5000, "a%2f", "'a\\u202eb'"]
)
def test_what_is_no_id_is_refused(tmp_path: Path, written: str) -> None:
    written = written.replace("'a\\u202eb'", '"a\\u202eb"')
    assert _only(_load(tmp_path, HEAD.replace("1024", written))).code == "invalid-id"


def test_entries_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    ids = ["name", "10", "9", "-1", "0x8", "1024"]
    text = "".join(f"- {{id: {each}, source: S, product: exchange}}\n" for each in ids)
    text += "- {id: 9, source: A, product: exchange}\n- {id: 9, source: S, product: exchange, version: '1'}\n"
    loaded = _load(tmp_path, text, "content/exchange/all.yml")
    identities = [(e.record.source, e.record.id, e.record.version, e.index) for e in loaded.knowledge_base.entries]
    assert identities == [
        ("A", "9", "", 6),
        ("S", "-1", "", 3),
        ("S", "8", "", 4),
        ("S", "9", "", 2),
        ("S", "9", "1", 7),
        ("S", "10", "", 1),
        ("S", "1024", "", 5),
        ("S", "name", "", 0),
    ]


def test_one_bad_record_of_a_list_does_not_hide_the_others(tmp_path: Path) -> None:
    text = "- {id: 1, source: S, product: exchange}\n- {id: 2, source: S}\n- {id: 3, source: S, product: exchange}\n"
    loaded = _load(tmp_path, text, "content/exchange/all.yml")
    assert [entry.record.id for entry in loaded.knowledge_base.entries] == ["1", "3"]
    assert _only(loaded).code == "missing-field"
    assert loaded.broken == {("", "S", "2")}


def test_shared_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/products.yml").write_text("exchange:\n  name: Exchange\n  versions: {14.0: Exchange 2010}\n")
    (tmp_path / "content/categories.yml").write_text("SmtpReceive: {title: Receiving mail}\n")
    (tmp_path / "content/snippets.yml").write_text("look:\n  text: Look.\n")
    loaded = _load(tmp_path, HEAD)
    kb = loaded.knowledge_base
    assert loaded.diagnostics == ()
    assert kb.products["exchange"].versions == {"14.0": "Exchange 2010"}
    assert kb.categories["SmtpReceive"].title == "Receiving mail"
    assert kb.snippets["look"].text == "Look."
    assert kb.paths == {
        "products": "content/products.yml",
        "categories": "content/categories.yml",
        "snippets": "content/snippets.yml",
    }


@pytest.mark.parametrize("name", ["1024.yml", "1024.yaml", "1024.YML"])
def test_either_suffix_in_any_case_is_a_record(tmp_path: Path, name: str) -> None:
    loaded = _load(tmp_path, HEAD, f"content/exchange/{name}")
    assert [entry.path for entry in loaded.knowledge_base.entries] == [f"content/exchange/{name}"]


@pytest.mark.parametrize("name", [".1024.yml", "1024.yml~", "#1024.yml#", "README.md", "Thumbs.db", ".git/1024.yml"])
def test_hidden_files_and_backups_are_passed_over(tmp_path: Path, name: str) -> None:
    loaded = _load(tmp_path, "not: a record", f"content/exchange/{name}")
    assert loaded.knowledge_base.entries == ()
    assert loaded.diagnostics == ()


def test_handwritten_pages_are_not_records(tmp_path: Path) -> None:
    assert _load(tmp_path, "x: 1", "content/pages/en/data.yml").diagnostics == ()


def test_windows_files_are_accepted(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + (HEAD + "explanation: |\n  One\n  two.\nseverity: fatal\n").replace("\n", "\r\n").encode()
    loaded = _load(tmp_path, text)
    assert _shown(loaded) == [
        (
            f"{PATH}:7:11: error[invalid-value] `fatal` is no severity (use one of `critical`, `error`, `warning`, "
            "`information`, `verbose`, `success-audit`, `failure-audit`)"
        )
    ]
    record = _record(tmp_path, text.replace(b"fatal", b"error"))
    assert record.explanation == "One\ntwo.\n"


def test_a_byte_that_is_not_utf8_is_named_with_its_place(tmp_path: Path) -> None:
    loaded = _load(tmp_path, HEAD.encode() + "summary: Für alle.\n".encode("cp1252"))
    assert _shown(loaded) == [
        (
            f"{PATH}:4:11: error[wrong-encoding] byte 0xFC at this place isn't UTF-8 (save the file as UTF-8; "
            "in Windows-1252 it is `ü`)"
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_wider_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    data = HEAD.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    finding = _only(_load(tmp_path, data))
    assert finding.code == "wrong-encoding"
    assert encoding[:6].upper() in finding.message


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    loaded = load_project(tmp_path)
    assert _only(loaded).code == "file-too-large"
    assert loaded.sources(PATH) is None


def test_a_file_of_too_many_values_is_refused_before_they_are_made(tmp_path: Path) -> None:
    assert _only(_load(tmp_path, "- a\n" * (MAX_BYTES // 8))).code == "file-too-large"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(tmp_path: Path, opening: str) -> None:
    assert _only(_load(tmp_path, HEAD + "explanation: " * (opening in "[{a: ") + opening * 200_000)).code in {
        "too-deep",
        "wrong-indentation",
        "unquoted-value",
    }


def test_an_exponential_alias_bomb_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert _only(_load(tmp_path, HEAD + "\n".join(lines))).code == "yaml-alias"


def test_a_long_text_repeated_by_aliases_is_refused(tmp_path: Path) -> None:
    text = f"{HEAD}summary: &a {'x' * 10_000}\nrelated: [{', '.join(['*a'] * 10_000)}]\n"
    assert _only(_load(tmp_path, text)).code == "yaml-alias"


def test_a_moderate_alias_is_accepted(tmp_path: Path) -> None:
    record = _record(tmp_path, f"{HEAD}category: &name SmtpReceive\nsymbolic_name: *name\n")
    assert record.symbolic_name == "SmtpReceive"


def test_a_link_that_leaves_the_tree_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text(HEAD)
    folder = tmp_path / "project/content/exchange"
    folder.mkdir(parents=True)
    (folder / "1024.yml").symlink_to(tmp_path / "secret.yml")
    (folder / "outside").symlink_to(tmp_path)
    loaded = load_project(tmp_path / "project")
    assert [(finding.code, finding.place and finding.place.path) for finding in loaded.diagnostics] == [
        ("outside-tree", "content/exchange/1024.yml"),
        ("outside-tree", "content/exchange/outside"),
    ]
    assert loaded.knowledge_base.entries == ()


def test_a_link_inside_the_tree_is_followed_but_not_in_circles(tmp_path: Path) -> None:
    folder = tmp_path / "content/exchange/real"
    folder.mkdir(parents=True)
    (folder / "1024.yml").write_text(HEAD)
    (folder / "circle").symlink_to(tmp_path / "content/exchange")
    (tmp_path / "content/exchange/1025.yml").symlink_to(folder / "1024.yml")
    loaded = load_project(tmp_path)
    assert [entry.path for entry in loaded.knowledge_base.entries] == [
        "content/exchange/1025.yml",
        "content/exchange/real/1024.yml",
    ]
    assert _only(loaded).code == "outside-tree"


def test_broken_links_and_loops_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "content/exchange"
    folder.mkdir(parents=True)
    (folder / "1.yml").symlink_to("nowhere.yml")
    (folder / "2.yml").symlink_to("2.yml")
    assert [finding.code for finding in load_project(tmp_path).diagnostics] == ["unreadable-file", "unreadable-file"]


@pytest.mark.skipif(os.name != "posix", reason="has no such files")
def test_folders_and_pipes_are_no_records(tmp_path: Path) -> None:
    folder = tmp_path / "content/exchange"
    (folder / "1.yml").mkdir(parents=True)
    os.mkfifo(folder / "2.yml")
    assert [finding.code for finding in load_project(tmp_path).diagnostics] == ["not-a-file", "not-a-file"]


@pytest.mark.skipif(os.name != "posix", reason="has no such file names")
def test_unprintable_names_are_refused_and_shown_safely(tmp_path: Path) -> None:
    folder = tmp_path / "content/exchange"
    folder.mkdir(parents=True)
    for name in (b"a\x1b[31m.yml", b"b\xff.yml", b"c\n.yml"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(HEAD)
    loaded = load_project(tmp_path)
    assert [finding.code for finding in loaded.diagnostics] == ["odd-file-name"] * 3
    assert all(line.isprintable() for line in _shown(loaded))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    file.write_text(HEAD)
    file.chmod(0)
    assert _only(load_project(tmp_path)).code == "unreadable-file"


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    result = read_file(tmp_path, PATH)
    assert [finding.code for finding in result.diagnostics] == ["unreadable-file"]
    assert result.broken == (("exchange", "msexchangetransport", "1024"),)


def test_a_project_without_content_says_so(tmp_path: Path) -> None:
    assert _only(load_project(tmp_path)).code == "missing-content"


def test_a_files_result_travels_between_processes(tmp_path: Path) -> None:
    _load(tmp_path, f"- {HEAD.strip().replace(chr(10), chr(10) + '  ')}\n- {{id: 1}}\n")
    result = read_file(tmp_path, PATH)
    assert result.entries
    assert result.diagnostics
    assert pickle.loads(pickle.dumps(result)) == result


def test_the_collector_is_as_it_was(tmp_path: Path) -> None:
    assert gc.isenabled()
    _load(tmp_path, HEAD)
    assert gc.isenabled()
    gc.disable()
    try:
        load_project(tmp_path)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_without_libyaml_the_result_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "parameters:\n  1: {name: 'it''s'}\nexplanation: >-\n  One\n  two.\nseverity: fatal\n"
    with_libyaml = _load(tmp_path, text)
    slow = composition_module.PureLoader
    original = composition_module.compose
    monkeypatch.setattr("kb_gen.load.reading.compose", lambda text: original(text, slow))
    assert _load(tmp_path, text).diagnostics == with_libyaml.diagnostics
    good = text.replace("fatal", "error")
    pure = _load(tmp_path, good)
    monkeypatch.undo()
    assert pure.knowledge_base == _load(tmp_path, good).knowledge_base


def test_sources_give_the_text_of_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfa: \xff\r\n")
    sources = Sources(tmp_path)
    assert sources("a.yml") == "a: \ufffd\r\n"
    assert sources("b.yml") is None
    assert sources("a\0.yml") is None


# Two ways to compose


def _carefully(text: str) -> FileResult:
    with patch.object(reading, "compose_unbounded", return_value=None):
        return parse_file(text.encode(), PATH)


def _nested(levels: int, style: str) -> str:
    match style:
        case "flow":
            steps = "{text: x, steps: [" * levels + "{text: x}" + "]}" * levels
            return f"{HEAD}actions: [{steps}]\n"
        case "list":
            steps = "{text: x, steps: [" * levels + "{text: x}" + "]}" * levels
            return f"- {{id: 1, source: A, product: b, actions: [{steps}]}}\n"
        case "block":
            lines = [f"{' ' * 2 * level}- text: x\n{' ' * 2 * level}  steps:\n" for level in range(levels)]
            return f"{HEAD}actions:\n{''.join(lines)}{' ' * 2 * levels}- text: x\n"
        case _:
            return f"{HEAD}actions:\n{'- ' * levels}a\n"


@pytest.mark.parametrize("style", ["flow", "list", "block", "compact"])
@pytest.mark.parametrize("levels", [0, 1, 5, 15, 16, 17, 18, 19, 20, 21, 37, 38, 39, 40, 41, 100, 20_000])
def test_how_deep_a_file_may_nest_does_not_depend_on_who_composes_it(levels: int, style: str) -> None:
    text = _nested(min(levels, 500) if style == "block" else levels, style)
    assert parse_file(text.encode(), PATH) == _carefully(text)


_TOKENS = st.sampled_from(
    [
        *(
            "id: 1\n",
            "source: A\n",
            "product: b\n",
            "summary: ",
            "message: |\n  ",
            "actions:\n",
            "- ",
            "? ",
            ": ",
            "\n",
        ),
        *(
            "text: x\n",
            "steps:\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "a",
            "'",
            '"',
            "&a ",
            "*a",
            "!t ",
            "<<: ",
            "# ",
            "é",
        ),
        *(
            "- {id: 2, source: A, product: b}\n",
            "\r\n",
            "\r",
            "\x85",
            "\u2028",
            "---\n",
            "...\n",
            "~",
            "%",
            "\t",
            "[" * 70,
        ),
    ]
)


@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(_TOKENS, max_size=20), whole=st.booleans())
def test_what_comes_of_a_file_does_not_depend_on_who_composes_it(pieces: list[str], whole: bool) -> None:
    text = f"{HEAD if whole else ''}{''.join(pieces)}"
    assert parse_file(text.encode(), PATH) == _carefully(text)
