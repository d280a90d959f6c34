from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb_gen.load import SCHEMA_PATH, SCHEMAS, load_project, record_schema, skeleton
from kb_gen.model import Record
from kb_gen.validate import validate

PRODUCTS = "exchange:\n  name: Exchange\n  versions: {'1.0': One}\n"


def _check(root: Path, text: str, products: str = PRODUCTS) -> tuple[list[str], Record]:
    path = root / "content/exchange/msexchangetransport/1025.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    (root / "content/products.yml").write_text(products)
    loaded = load_project(root)
    findings = [finding.message for finding in (*loaded.diagnostics, *validate(loaded))]
    return findings, loaded.knowledge_base.entries[-1].record


def test_a_new_record_is_valid_with_its_required_fields(tmp_path: Path) -> None:
    findings, record = _check(tmp_path, skeleton("MSExchangeTransport", "0x401", "exchange"))
    assert findings == []
    assert record == Record(id="1025", source="MSExchangeTransport", product="exchange")


def _uncommented(text: str) -> str:
    """A skeleton with the `#` taken from every line that is a field's."""
    text = re.sub(r"^#(?! )(?!$)", "", text, flags=re.MULTILINE)
    text = re.sub(r"^#(  .*)$", r"\1", text, flags=re.MULTILINE)
    return re.sub(r"^#$", "", text, flags=re.MULTILINE)


def test_a_new_record_names_every_field(tmp_path: Path) -> None:
    (tmp_path / "content/exchange/msexchangetransport").mkdir(parents=True)
    (tmp_path / "content/exchange/msexchangetransport/1.yml").write_text(
        "id: 1\nsource: MSExchangeTransport\nproduct: exchange\n"
    )
    text = skeleton("MSExchangeTransport", "1025", "exchange", ("1.0", "2.0"), "MSExchangeTransport/1")
    findings, record = _check(tmp_path, _uncommented(text), PRODUCTS.replace("One", "One, '2.0': Two"))
    assert findings == []
    assert {name for name in Record.__struct_fields__ if not getattr(record, name)} == set()
    assert len(record.actions) == 2
    assert record.explanation.count("paragraph") == 2


@pytest.mark.parametrize("source", ["MSExchangeTransport", "It's 100%", "A/B"])
def test_a_new_record_of_a_product_without_versions_is_valid_when_filled_in(tmp_path: Path, source: str) -> None:
    findings, record = _check(tmp_path, _uncommented(skeleton(source, "1025", "exchange")), "exchange: {name: E}\n")
    assert [finding for finding in findings if "lies in the folder" not in finding] == []
    assert (record.version, record.variants, record.related) == ("", (), ())


@pytest.mark.parametrize("source", ["", " ", " A", "A\n", "A\x1b", "-", "/"])
def test_what_is_no_source_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="no name of an event source"):
        skeleton(source, "1", "exchange")


@pytest.mark.parametrize(
    "source", ["A: b", "- x", "yes", "# c", 'q"uote', "back\\slash", "Größe", "1e3", "%SystemRoot%"]
)
def test_any_source_survives(tmp_path: Path, source: str) -> None:
    path = tmp_path / "content/exchange/new.yml"
    path.parent.mkdir(parents=True)
    path.write_text(skeleton(source, "1", "exchange"), encoding="utf-8")
    assert load_project(tmp_path).knowledge_base.entries[0].record.source == source


def test_what_is_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="no event ID"):
        skeleton("S", "1 2", "exchange")


def test_the_first_line_leads_editors_to_the_schema() -> None:
    first = skeleton("S", "1", "exchange").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../../../{SCHEMA_PATH}"


def _references(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"]} if "$ref" in schema else set()
        return own.union(*(_references(part) for part in schema.values())) if schema else own
    if isinstance(schema, list):
        return set().union(*(_references(part) for part in schema)) if schema else set()
    return set()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_complete_and_described(kind: str) -> None:
    schema = SCHEMAS[kind]()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {reference.removeprefix("#/$defs/") for reference in _references(schema)} == set(schema["$defs"])
    for definition in schema["$defs"].values():
        for name, field in definition.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, name
        if "properties" in definition:
            assert definition["additionalProperties"] is False


def test_the_records_schema_takes_what_authors_write() -> None:
    schema = record_schema()
    record = schema["$defs"]["Record"]
    assert schema["anyOf"][0] == {"$ref": "#/$defs/Record"}
    assert schema["anyOf"][1]["items"] == {"$ref": "#/$defs/Record"}
    assert record["required"] == ["id", "source", "product"]
    assert set(record["properties"]) == set(Record.__struct_fields__)
    assert record["properties"]["id"]["type"] == ["string", "integer"]
    assert record["properties"]["modified"]["format"] == "date"
    assert "default" not in record["properties"]["summary"]
    assert schema["$defs"]["Step"]["properties"]["ordered"]["default"] is True
