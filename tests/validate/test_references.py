"""An event is the same in each spelling of its ID, and only what is close is suggested."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.document import find_targets
from kb_gen.load import load_project
from kb_gen.validate import validate


def _project(root: Path, fields: str) -> Path:
    folder = root / "content/shop/service"
    folder.mkdir(parents=True)
    (root / "content/products.yml").write_text("shop: {name: Shop, versions: {'14.0': Shop 14}}\n")
    (folder / "101.yml").write_text("id: 101\nsource: Service\nproduct: shop\n")
    (folder / "7.yml").write_text(f"id: 7\nsource: Service\nproduct: shop\n{fields}")
    return root


@pytest.mark.parametrize("fields", ["related: [Service/0x65]\n", "explanation: See event:Service/0101.\n"])
def test_each_spelling_of_an_id_leads_to_its_record(tmp_path: Path, fields: str) -> None:
    loaded = load_project(_project(tmp_path, fields))
    assert validate(loaded) == []
    target = find_targets(loaded.knowledge_base).find("Service", "0x65")
    assert target is not None
    assert target.address == "service/101"


@pytest.mark.parametrize(
    ("fields", "suggested"),
    [
        ("related: [Service/103]\n", None),
        ("related: [Servise/101]\n", "Service/101"),
        ("related: [Servise/0x65]\n", "Service/101"),
        ("version: '15.0'\n", None),
        ("version: '14.00'\n", None),
    ],
)
def test_only_what_is_close_is_suggested(tmp_path: Path, fields: str, suggested: str | None) -> None:
    (finding,) = validate(load_project(_project(tmp_path, fields)))
    assert ("did you mean" in finding.help) == (suggested is not None)
    assert (suggested or "") in finding.help
