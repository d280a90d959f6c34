"""What makes Event Viewer's help link lead to a site."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from kb_gen.model import Product
from kb_gen.site.online_help import help_links, is_help_address, registry_file


def test_the_registry_file_is_one_that_windows_imports() -> None:
    written = registry_file("https://kb.example.com/events/en/lookup/")
    assert written.startswith(b"\xff\xfe")
    assert written.decode("utf-16").split("\r\n") == [
        "Windows Registry Editor Version 5.00",
        "",
        r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Event Viewer]",
        '"MicrosoftRedirectionURL"="https://kb.example.com/events/en/lookup/"',
        "",
        "",
    ]


def test_a_help_link_is_an_attribute_whatever_the_product_is_called() -> None:
    links = help_links("https://kb.example.com/en/lookup/", {"p": Product(name='Bäcker & "Söhne" <1>')})
    element = ET.fromstring(f"<provider {links['p']}/>")
    assert element.get("helpLink") == (
        "https://kb.example.com/en/lookup/?ProdName=B%C3%A4cker%20%26%20%22S%C3%B6hne%22%20%3C1%3E"
    )


@pytest.mark.parametrize("address", ["http://kb/en/lookup/", "https://kb.example.com:8443/a-b/~c/en/lookup/index.html"])
def test_addresses_of_web_pages_are_taken(address: str) -> None:
    assert is_help_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kb.example.com/en/lookup/",
        "file://C:/windows/system32/calc.exe",
        "javascript:alert(1)",
        'https://kb.example.com/"\r\n[HKEY_LOCAL_MACHINE]',
        "https://kb.example.com/a b",
        "https://kb.example.com/ä",
        "https://kb.example.com/?a=b",
        "https://kb.example.com/#a",
        "https:///en/lookup/",
        "https://[::1",
        "https://kb.example.com/" + "a" * 3000,
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_help_address(address)
