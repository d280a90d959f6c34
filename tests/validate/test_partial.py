"""What is right beside a mistake is checked in the same run, and what depends on the mistake isn't blamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.load import load_project
from kb_gen.validate import validate

PRODUCTS = "shop:\n  name: Shop\n  versions: {'1': Shop 1}\n  sources: {Service: {}, Print: {syntax: printf}}\n"
HEAD = "id: 1\nsource: Service\nproduct: shop\n"
WRONG_TEXT = 'explanation: "<b> %9 [x](javascript:1) event:Service/103"\nactions: [{use: restat}]\n'
OF_TEXT = ["raw-html", "unknown-event", "unknown-parameter", "unknown-snippet", "unsafe-link"]


def _codes(root: Path, files: dict[str, str]) -> list[str]:
    for name, text in {"products.yml": PRODUCTS, **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    loaded = load_project(root)
    return sorted(finding.code for finding in (*loaded.diagnostics, *validate(loaded)))


def test_a_mistake_in_a_records_form_hides_no_other(tmp_path: Path) -> None:
    text = f"{HEAD}sevrity: error\n{WRONG_TEXT}"
    assert _codes(tmp_path, {"shop/service/1.yml": text}) == sorted([*OF_TEXT, "unknown-field"])


def test_what_is_partly_wrong_is_no_part_of_the_knowledge_base(tmp_path: Path) -> None:
    _codes(tmp_path, {"shop/service/1.yml": f"{HEAD}sevrity: error\n", "snippets.yml": "look: {text: Look, x: y}\n"})
    loaded = load_project(tmp_path)
    assert loaded.knowledge_base.entries == ()
    assert loaded.knowledge_base.snippets == {}
    assert [entry.record.id for entry in loaded.readable.entries] == ["1"]
    assert loaded.readable.snippets["look"].text == "Look"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param("mesage: Of %1\nparameters: {1: {name: it}}\nsummary: Of %1\n", "unknown-field", id="message"),
        pytest.param("xyzzy: Of %1\nparameters: {1: {name: it}}\n", "unknown-field", id="any field"),
        pytest.param("message: [x]\nparameters: {1: {name: it}}\n", "wrong-type", id="message's type"),
        pytest.param("message: Of %1\nparameter: {1: {name: it}}\n", "unknown-field", id="parameters"),
        pytest.param("message: Of %1\nparameters: [it]\n", "wrong-type", id="parameters' type"),
        pytest.param("message: Of %1\nparameters: {1: it}\n", "wrong-type", id="a parameter"),
        pytest.param("message: Of %1\nparameters: {x: {name: it}}\n", "invalid-value", id="a number"),
        pytest.param("summary: Of %1\nvariants: [{version: '1', mesage: Of %1}]\n", "unknown-field", id="a variant"),
        pytest.param("actions: [{txt: Look}]\n", "unknown-field", id="a step's text"),
        pytest.param("actions: [Look]\n", "wrong-type", id="a step"),
        pytest.param("references: [{title: Help, uri: 'https://example.com/'}]\n", "unknown-field", id="a URL"),
        pytest.param("related: [[x]]\n", "wrong-type", id="related"),
        pytest.param("former: [[x]]\n", "wrong-type", id="former"),
    ],
)
def test_what_depends_on_a_mistake_is_not_blamed(tmp_path: Path, fields: str, code: str) -> None:
    found = _codes(tmp_path, {"shop/service/1.yml": HEAD + fields})
    assert [each for each in found if each != "missing-field"] == [code]


@pytest.mark.parametrize("name", ["id", "source", "product"])
@pytest.mark.parametrize("value", ["[x]", ""])
def test_an_unknown_identity_has_no_consequences(tmp_path: Path, name: str, value: str) -> None:
    lines = [f"{name}: {value}" if line.startswith(name) else line for line in HEAD.splitlines()]
    files = {"shop/service/1.yml": "\n".join(lines), "shop/service/2.yml": HEAD.replace("1", "2")}
    assert _codes(tmp_path, files) == ["wrong-type" if value else "empty-value"]


def test_the_places_of_what_stands_behind_a_mistake_are_right(tmp_path: Path) -> None:
    _codes(tmp_path, {"shop/service/1.yml": f"{HEAD}actions: [[x], {{text: <b>}}]\n"})
    loaded = load_project(tmp_path)
    (finding,) = validate(loaded)
    assert finding.place
    assert (loaded.sources(finding.place.path) or "")[finding.place.start : finding.place.end] == "<b>"


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        pytest.param("service/5.yml", "id: 5\nsource: Service\nproduct: shop\nsummary: a: b\n", id="no YAML"),
        pytest.param("service/5-Symbol.yml", "source: Service\nproduct: shop\n", id="no ID"),
        pytest.param("service/5.yml", "id: 5\nproduct: shop\n", id="no source"),
        pytest.param("all.yml", "- {source: Service, product: shop}\n", id="no ID in a list"),
        pytest.param("all.yml", "- {id: 5, product: shop}\n", id="no source in a list"),
        pytest.param("service/all.yml", "- {id: 5\n", id="a list that is no YAML"),
    ],
)
def test_only_references_that_may_mean_a_broken_record_are_spared(tmp_path: Path, name: str, broken: str) -> None:
    files = {
        f"shop/{name}": broken,
        "shop/print/7.yml": "id: 7\nsource: Print\nproduct: shop\nrelated: [Service/5, Print/9]\n",
    }
    assert _codes(tmp_path, files).count("unknown-event") == 1


def test_only_uses_of_a_broken_snippet_are_spared(tmp_path: Path) -> None:
    files = {
        "snippets.yml": "look: {txt: Look}\n",
        "shop/service/1.yml": f"{HEAD}actions: [{{use: look}}, {{use: restart}}]\n",
    }
    assert _codes(tmp_path, files) == ["unknown-field", "unknown-snippet"]


@pytest.mark.parametrize(
    ("products", "code"),
    [
        (PRODUCTS.replace("name", "nam"), "unknown-field"),
        (PRODUCTS.replace("sources", "sorces"), "unknown-field"),
        (PRODUCTS.replace("printf", "prinft"), "invalid-value"),
        (PRODUCTS.replace("versions", "version"), "unknown-field"),
        (PRODUCTS + "  notice: a: b\n", "unquoted-value"),
        ("- shop\n", "wrong-type"),
    ],
)
def test_a_mistake_in_the_products_makes_none_in_records(tmp_path: Path, products: str, code: str) -> None:
    text = "id: 7\nsource: Print\nproduct: shop\nversion: '1'\nmessage: 'Of %s, 100% %d'\n"
    text += "parameters: {1: {name: it}, 2: {name: count}}\nsummary: Of %1\nexplanation: <b>\n"
    found = _codes(tmp_path, {"products.yml": products, "shop/print/7.yml": text})
    assert [each for each in found if each not in ("missing-field", "message-problem")] == sorted([code, "raw-html"])


def test_a_wrong_product_makes_no_other_errors(tmp_path: Path) -> None:
    text = "id: 7\nsource: Print\nproduct: shpo\nmessage: Of %s\nparameters: {1: {name: it}}\n"
    assert _codes(tmp_path, {"shop/print/7.yml": text}) == ["unknown-product"]
