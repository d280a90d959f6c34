"""What makes Event Viewer's help link lead to a site."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from kb_gen.model import Product
from kb_gen.site.online_help import address_fault, help_links, registry_file


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
    assert not address_fault(address)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "begin with"),
        ("kb.example.com/en/lookup/", "begin with"),
        ("file://C:/windows/system32/calc.exe", "begin with"),
        ("javascript:alert(1)", "begin with"),
        ("https:///en/lookup/", "begin with"),
        ('https://kb.example.com/"\r\n[HKEY_LOCAL_MACHINE]', "percent-encoded"),
        ("https://kb.example.com/a b", "percent-encoded"),
        ("https://kb.example.com/ä", "percent-encoded"),
        ("https://kb.example.com/?a=b", "query"),
        ("https://kb.example.com?", "query"),
        ("https://kb.example.com/#a", "query"),
        ("https://kb.example.com/#", "query"),
        ("https://[::1", "port"),
        ("https://kb.example.com:99999/", "port"),
        ("https://kb.example.com:a/", "port"),
        ("https://kb.example.com:0/", "port"),
        ("https://reader:secret@kb.example.com/", "password"),
        ("https://reader@kb.example.com/", "password"),
        ("https://kb.example.com/" + "a" * 3000, "longer"),
    ],
)
def test_others_are_not_and_the_reason_is_told(address: str, fault: str) -> None:
    assert fault in address_fault(address)
