from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.locales import LocaleInfo, UnknownLocale, lcid_table, locale_for_lcid, locale_info
from kb_gen.locales.collation import filing, sort_key
from kb_gen.locales.formats import enumeration, language_name, long_date, number, percent, quote, short_date
from kb_gen.locales.lcids import _LANGUAGES, _WHOLE
from kb_gen.locales.placeholders import fill, placeholders
from kb_gen.locales.plural_forms import plural_forms, standard_plural_forms
from kb_gen.locales.tags import folder_name, with_parents


def test_a_locale_is_known_by_its_tag() -> None:
    assert locale_info("de") == LocaleInfo("de", "Deutsch", "ltr", "de", "de")
    assert locale_info("PT-br") == LocaleInfo("pt-BR", "Português (Brasil)", "ltr", "pt", "pt-br")
    assert locale_info("ar").direction == "rtl"
    assert locale_info("zh-hant").tag == "zh-Hant"
    assert folder_name("pt-BR") == "pt_BR"


@pytest.mark.parametrize(
    ("tag", "meant"),
    [("pt_BR", "pt-BR"), ("deu", "de"), ("de-XX", "de"), ("ge", "g"), ("../../etc", "BCP 47"), ("", "BCP")],
)
def test_an_unknown_locale_names_the_nearest(tag: str, meant: str) -> None:
    with pytest.raises(UnknownLocale, match=meant):
        locale_info(tag)


def test_a_locale_descends_from_its_language_in_the_same_script() -> None:
    assert with_parents("de-AT") == ("de-AT", "de")
    assert with_parents("zh-Hant") == ("zh-Hant",)
    assert with_parents("zh-TW") == ("zh-TW",)
    assert with_parents("sr-Latn") == ("sr-Latn",)
    assert with_parents("pt-AO") == ("pt-AO", "pt-PT", "pt")


@pytest.mark.parametrize(
    ("lcid", "tag"),
    [
        (1031, "de"),
        (0x10407, "de"),
        (2055, "de-CH"),
        (3079, "de-AT"),
        (1033, "en"),
        (2057, "en-GB"),
        (0x0401, "ar"),
        (0x0C0A, "es"),
        (0x080A, "es-MX"),
        (9, "en"),
        (0xF809, "en"),
        (2070, "pt-PT"),
        (1028, "zh-Hant"),
        (2052, "zh-Hans"),
        (1046, "pt-BR"),
        (0, None),
    ],
)
def test_windows_numbers_name_locales(lcid: int, tag: str | None) -> None:
    assert locale_for_lcid(lcid) == tag


def test_every_numbered_language_is_one_that_a_site_can_have() -> None:
    for tag in (*_LANGUAGES.values(), *_WHOLE.values()):
        assert locale_info(tag).tag == tag


def test_a_sites_table_finds_its_own_locales() -> None:
    assert lcid_table(["en", "de"]) == {0x09: "en", 0x07: "de"}
    table = lcid_table(["en", "zh-Hant", "pt-BR"])
    assert table[0x0404] == "zh-Hant"
    assert 0x04 not in table
    assert table[0x16] == "pt-BR"
    table = lcid_table(["zh-Hans", "zh-Hant"])
    assert (table[0x04], table[0x0C04]) == ("zh-Hans", "zh-Hant")


def test_dates_numbers_and_lists_are_the_locales() -> None:
    day = dt.date(2011, 3, 19)
    assert (long_date(day, "de"), long_date(day, "en")) == ("19. März 2011", "March 19, 2011")
    assert short_date(day, "de") == "19.03.2011"
    assert number(1024, "de") == "1.024"
    assert enumeration(["a", "b", "c"], "de") == "a, b und c"
    assert enumeration([], "de") == ""
    assert [quote("x", tag) for tag in ("de", "de-AT", "en", "fr", "de-CH")] == [
        "„x“",
        "„x“",
        "“x”",
        "«\xa0x\xa0»",
        "«x»",
    ]


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0"), (0.0001, "1"), (0.57, "57"), (0.999, "99"), (1, "100"), (1.5, "150")]
)
def test_only_all_is_all(share: float, shown: str) -> None:
    assert percent(share, "en") == f"{shown}%"


@pytest.mark.parametrize(
    ("language", "tag", "name"),
    [("de", "en", "German"), ("en", "de", "Englisch"), ("pt-BR", "de-AT", "Portugiesisch"), ("de", "fr", "allemand")],
)
def test_languages_have_names_in_others(language: str, tag: str, name: str) -> None:
    assert language_name(language, tag) == name


@pytest.mark.parametrize(
    ("tag", "ordered"),
    [
        ("de", "apfel Apfel Äpfel Azur ol Öl Strasse Straße zebra"),
        ("sv", "apa zebra ångström åsna ärlig öl"),
        ("da", "abe zebra ære øl ål"),
        ("cs", "cena čas duha hrad chata irsko"),
        ("es", "nube ñandú obra"),
        ("pl", "lato łan mak zebra źle żaba"),
        ("en", "9 10 a2 a10 b"),
        ("ru", "ежи ёлка ель жук иск йод"),
    ],
)
def test_words_are_in_the_languages_order(tag: str, ordered: str) -> None:
    words = ordered.split()
    assert sorted(set(words), key=lambda word: sort_key(word, tag)) == words


@pytest.mark.parametrize(
    "field",
    ["", "nplurals=2", "nplurals=0; plural=0;", "nplurals=2; plural=__import__('os');", "nplurals=2; plural=(n"],
)
def test_plural_forms_that_cannot_be_understood_are_none(field: str) -> None:
    assert plural_forms(field) is None


def test_plural_expressions_always_choose_a_form() -> None:
    forms = plural_forms("nplurals=2; plural=n%0;")
    assert forms is not None
    assert forms.index(3) == 1
    outside = plural_forms("nplurals=2; plural=n+5;")
    assert outside is not None
    assert outside.index(1) == 1
    assert [standard_plural_forms("de").index(count) for count in (0, 1, 2)] == [1, 0, 1]


def test_only_names_are_places() -> None:
    assert placeholders("{a} {{b}} {c.d} {0}") == {"a"}
    assert fill("{a} {{b}} {c}", {"a": "x"}) == "x {b} {c}"


@pytest.mark.parametrize(
    ("tag", "text", "letter"),
    [
        ("de", "Österreich", "O"),
        ("sv", "Österrike", "Ö"),
        ("en", "ßo", "S"),
        ("en", "$x", "X"),
        ("en", "€ – »sign«", "S"),
        ("en", "(½) of it", "0"),
        ("en", "⑴ first", "0"),
        ("cs", "chyba", "Ch"),
        ("cs", "cena", "C"),
        ("cs", "červen", "Č"),
        ("tr", "ilk", "İ"),
        ("tr", "ılık", "I"),
        ("en", "…", ""),
        ("en", "", ""),
    ],
)
def test_an_index_has_a_text_under_its_first_letter(tag: str, text: str, letter: str) -> None:
    assert filing(text, tag)[0] == letter


@given(st.lists(st.text(max_size=3), max_size=20), st.sampled_from(["en", "de", "cs", "sv", "tr"]))
def test_an_index_takes_any_text(texts: list[str], tag: str) -> None:
    for letter, key in (filing(text, tag) for text in texts):
        assert (letter == "") == (key[0] == "")
