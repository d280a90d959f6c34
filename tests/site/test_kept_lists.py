"""Lists are made again where what they show has changed, or where somebody has changed them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_trees import copy_sample, replaced, site_files
from test_incremental_builds import SERVICE, build, times

from kb_gen.site import list_groups
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages import ListingRow, source_pages

pytestmark = pytest.mark.usefixtures("long_ago")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources whose tables were made."""
    found: list[str] = []

    def noted(
        address: str, rows: tuple[ListingRow, ...], site: LocaleSite, context: SiteContext
    ) -> Iterator[PageParts]:
        found.append(f"{site.path}/{address}")
        return source_pages(address, rows, site, context)

    monkeypatch.setattr(list_groups, "source_pages", noted)
    return found


def test_an_edited_record_changes_the_tables_of_its_source(tmp_path: Path, made: list[str]) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    everything = [*made]
    assert {"en/shopservice", "de/shopservice"} < set(everything)
    made.clear()
    build(project, site)
    assert made == []
    replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning")(project)
    build(project, site)
    assert {"en/shopservice", "de/shopservice"} <= set(made)
    assert len(made) < len(everything)


def test_a_table_that_somebody_has_changed_is_made_again(tmp_path: Path, made: list[str]) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    build(project, site)
    before = site_files(site)
    (site / "en/shopservice/index.html").write_text("?", encoding="utf-8")
    made.clear()
    then = times(site)
    assert build(project, site).publication.changed == 1
    assert made == ["en/shopservice"]
    assert site_files(site) == before
    now = times(site)
    assert {url for url in now if now[url] != then[url]} == {"en/shopservice/index.html"}


def test_another_output_gets_all_lists(tmp_path: Path, made: list[str]) -> None:
    project = copy_sample(tmp_path)
    build(project, tmp_path / "one")
    everything = [*made]
    build(project, tmp_path / "two")
    assert made == [*everything, *everything]
