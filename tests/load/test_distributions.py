"""What is installed, as the names of folders tell it."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from kb_gen.load import distributions
from kb_gen.load.distributions import installed_versions


@pytest.mark.parametrize("name", ["Babel", "Jinja2", "markdown-it-py", "MarkupSafe", "msgspec", "PyYAML", "rapidfuzz"])
def test_versions_are_those_that_python_tells(name: str) -> None:
    assert installed_versions(name)[0] == metadata.version(name)


def test_what_is_not_installed_has_no_version() -> None:
    assert installed_versions("no-such-distribution") == ()


def test_names_are_spelt_in_many_ways_and_the_first_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in {"one": "Some_Thing-2.0.dist-info", "two": "some.thing-1.5.egg-info"}.items():
        (tmp_path / folder / name).mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), str(tmp_path / "missing"), str(tmp_path / "two")])
    distributions._installed.cache_clear()
    try:
        assert installed_versions("some-thing") == ("2.0", "1.5")
    finally:
        distributions._installed.cache_clear()
