"""Pictures of how much is translated."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.render.svg import Bar, badge, bars

SVG = "{http://www.w3.org/2000/svg}"


def rows() -> list[Bar]:
    return [
        Bar("Deutsch", 1, 0, "100\u00a0%", "Deutsch: 100% translated"),
        Bar("Français", 0.625, 0.125, "62\u202f%", "Français: 62% translated"),
        Bar("العربية", 0, 0, "0%", "العربية: 0% translated"),
        Bar("日本語 <&>", 0.001, 0.999, "1%", "日本語: 1% translated"),
    ]


def test_the_golden_pictures() -> None:
    assert_golden("badge.svg", badge("Deutsch", 0.97, "97\u00a0%", "Deutsch: 97% translated"))
    assert_golden("bars.svg", bars(rows(), "Translations of the Knowledge Base"))


@pytest.mark.parametrize("picture", [badge("A", 0.5, "50%", "A: 50%"), bars(rows(), "All"), bars([], "None")])
def test_pictures_bring_nothing_from_elsewhere_and_say_what_they_show(picture: str) -> None:
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert not {"script", "image", "use", "foreignObject"} & {
        each.tag.removeprefix(SVG) for each in ET.fromstring(picture).iter()
    }
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.findtext(f"{SVG}title")


@pytest.mark.parametrize(("share", "colour"), [(1, "#23774a"), (0.999, "#85600a"), (0.75, "#85600a"), (0.5, "#b3361f")])
def test_a_badge_is_coloured_by_its_share(share: float, colour: str) -> None:
    assert f'fill="{colour}"' in badge("A", share, "x", "A")


def test_bars_are_as_long_as_their_shares() -> None:
    root = ET.fromstring(bars(rows(), "All"))
    widths = {
        kind: [float(each.get("width", "")) for each in root.iter(f"{SVG}rect") if each.get("class") == kind]
        for kind in ("track", "done", "old")
    }
    assert widths["done"] == [240, 150, 0, 0.24]
    assert widths["old"] == [0, 30, 0, 239.76]
    assert all(done + old <= 240 for done, old in zip(widths["done"], widths["old"], strict=True))


@given(st.text(), st.text(), st.floats(0, 1))
def test_any_text_gives_well_formed_xml(label: str, written: str, share: float) -> None:
    for picture in (badge(label, share, written, label), bars([Bar(label, share, 0, written, label)], label)):
        root = ET.fromstring(picture)
        assert float(root.get("width", "")) > 0
        assert set(root.attrib) == {"width", "height", "viewBox", "role", "aria-label"}
