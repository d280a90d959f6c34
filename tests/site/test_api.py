"""The records as data, checked against their own schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from site_samples import FIXTURES, article_pages, context_of, listings, page_of

from kb_gen.site.api import index_file, index_item, json_schema, record_json, site_files
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset
from kb_gen.site.pages import Listing


@pytest.fixture(scope="module")
def context() -> SiteContext:
    return context_of(FIXTURES / "lookup", "https://kb.example/events/")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def data_of(context: SiteContext, tag: str, address: str) -> tuple[str, dict[str, Any]]:
    url, content = record_json(page_of(context, tag, address), context.locales[tag], context)
    return url, json.loads(content)


def test_a_record_is_all_there(context: SiteContext) -> None:
    url, data = data_of(context, "en", "msexchangetransport/1024")
    assert url == "api/v1/en/msexchangetransport/1024.json"
    template = data["message"].pop("template")
    assert template.startswith("SMTP rejected a (%4) mail from '%1'")
    names = ["sender address", "Receive connector", "authenticated user", "address type", "exception text"]
    assert [parameter["name"] for parameter in data.pop("parameters")] == names
    assert data == {
        "kind": "article",
        "locale": "en",
        "source": "MSExchangeTransport",
        "id": "1024",
        "symbolic_name": "SmtpReceiveSendAsDeniedTempAuthFailure",
        "product": {"key": "exchange", "name": "Exchange", "version": "14.0", "version_name": "Exchange Server 2010"},
        "category": "SmtpReceive",
        "severity": "error",
        "modified": "2011-03-19",
        "title": "MSExchangeTransport 1024",
        "summary": "A message was refused, because nobody could check whether the user may send as this sender.",
        "message": {"language": "en", "syntax": "formatmessage"},
        "explanation": "The authenticated user could not be checked. See MSExchangeTransport 1025 and a page.\n"
        "Value | Meaning\nP1 | the envelope",
        "actions": [
            {
                "role": None,
                "text": 'Look at the Receive connector:\nGet-ReceiveConnector "<Receive connector>"',
            },
            {"role": "operator", "text": "Tell an administrator."},
        ],
        "related": [{"title": "MSExchangeTransport 1025", "url": "en/msexchangetransport/1025/index.html", "note": ""}],
        "references": [{"title": "A page", "url": "https://example.org/page", "note": "With more."}],
        "url": "en/msexchangetransport/1024/index.html",
        "canonical_url": "https://kb.example/events/en/msexchangetransport/1024/",
        "translation": {"share": 1.0, "missing": 0, "outdated": 0},
    }


def test_a_message_is_in_the_language_that_the_product_has_it_in(context: SiteContext) -> None:
    _, translated = data_of(context, "de", "diskwatch/7")
    _, english = data_of(context, "de", "diskwatch/10")
    assert translated["message"]["template"] == "Auf dem Datenträger %1 sind nur noch %2 MB frei."
    assert translated["message"]["language"] == "de"
    assert english["message"]["language"] == "en"
    formatted = data_of(context, "de", "diskwatch/1024")[1]["message"]["template"]
    assert formatted.endswith("by %2: %3!08lx!")


def test_what_nobody_has_written_is_empty(context: SiteContext) -> None:
    _, data = data_of(context, "de", "alertmanager/kubepodcrashlooping")
    assert (data["severity"], data["modified"], data["summary"], data["actions"]) == (None, None, "", [])
    _, untranslated = data_of(context, "de", "msexchangetransport/1024")
    assert untranslated["translation"]["share"] == 0
    assert untranslated["translation"]["missing"] > 0


def _list(own: Listing, site: LocaleSite) -> Asset:
    return index_file((index_item(row, site) for row in own.rows), site)


def _index_files(context: SiteContext) -> dict[str, bytes]:
    """The lists of all events, and where they are."""
    own = listings(context)
    assets = [*site_files(context), *(_list(own[tag], site) for tag, site in context.locales.items())]
    return {asset.url: asset.content for asset in assets if isinstance(asset.content, bytes)}


def test_every_file_keeps_to_the_schema(
    context: SiteContext, validator: jsonschema.Draft202012Validator, tmp_path: Path
) -> None:
    files = _index_files(context)
    for site in context.locales.values():
        files |= dict(record_json(page, site, context) for page in article_pages(context, site))
    schema = files.pop("api/v1/schema.json")
    assert isinstance(schema, bytes)
    assert json.loads(schema) == json_schema()
    errors = {
        url: [error.message for error in validator.iter_errors(json.loads(content))]
        for url, content in files.items()
        if isinstance(content, bytes)
    }
    assert {url: found for url, found in errors.items() if found} == {}
    assert len(errors) == 2 * len(context.kb.entries) + 3


def test_the_schema_refuses_what_is_none(context: SiteContext, validator: jsonschema.Draft202012Validator) -> None:
    _, data = data_of(context, "en", "diskwatch/7")
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, "severity": "bad"})
    assert not validator.is_valid({**data, "modified": "yesterday"})
    assert not validator.is_valid({key: value for key, value in data.items() if key != "title"})


def test_every_field_is_described() -> None:
    definitions = json_schema()["$defs"]
    bare = [
        f"{name}.{field}"
        for name, definition in definitions.items()
        for field, schema in definition.get("properties", {}).items()
        if field != "kind" and "description" not in json.dumps(schema) and "$ref" not in json.dumps(schema)
    ]
    assert bare == []


def test_lists_say_where_everything_is(context: SiteContext) -> None:
    files = _index_files(context)
    site = json.loads(files["api/v1/index.json"])
    assert [locale["json"] for locale in site["locales"]] == ["api/v1/en/index.json", "api/v1/de/index.json"]
    assert (site["events"], site["site_url"]) == (len(context.kb.entries), "https://kb.example/events/")
    events = json.loads(bytes(files["api/v1/de/index.json"]))["events"]  # type: ignore[arg-type]
    first = next(event for event in events if event["source"] == "MSExchangeIS")
    assert first["json"] == "api/v1/de/msexchangeis/12003-storefault.json"
    assert first["url"] == "de/msexchangeis/12003-storefault/index.html"
