"""The lookup page in a real browser: what is found, how it is shown, and that nothing else happens."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from site_samples import FIXTURES, context_of, lookup_events, lookup_files

from kb_gen.load import load_project
from kb_gen.messages import fill, parse
from kb_gen.messages.kinds import ValueKind, kind_of
from kb_gen.messages.recognition import template_parts
from kb_gen.model import Identity
from kb_gen.site.answers.gathering import gather_events
from kb_gen.site.answers.known import KnownEvent, KnownEvents
from kb_gen.site.answers.questions import answer
from kb_gen.site.engines import Asset
from kb_gen.site.headers import content_security_policy
from kb_gen.site.lookup import LookupEvent
from kb_gen.site.pages import lookup_page
from kb_gen.site.reading import Project
from kb_gen.site.theme import theme_assets

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")

LINES = yaml.safe_load((FIXTURES / "lookup" / "lines.yml").read_text(encoding="utf-8"))
FRAME = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>Lookup</title>
<meta http-equiv="Content-Security-Policy" content="{policy}"></head>
<body><a id="switch" hreflang="de" href="../../de/lookup/index.html">Deutsch</a><main>{body}</main></body></html>
"""
ASK = '<script src="../assets/kb-gen/ask.js"></script>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lookup pages of a few records, without a theme, under the policy that the site is served with."""
    root = tmp_path_factory.mktemp("lookup-site")
    project = root / "project"
    shutil.copytree(FIXTURES / "lookup", project)
    context = context_of(project)
    events = lookup_events(context)
    files = {asset.url: asset.content for asset in [*lookup_files(context, events), *theme_assets()]}
    # A policy in the page itself can't name frame ancestors.
    policy = content_security_policy([]).replace("; frame-ancestors 'self'", "")
    for tag, site in context.locales.items():
        page = FRAME.format(lang=tag, policy=policy, body=lookup_page(site, context).body)
        files[f"{site.path}/lookup/index.html"] = page.encode()
        for entry in context.kb.entries:
            address = context.targets.book[entry.identity]
            files[f"{site.path}/{address}/index.html"] = f"<title>{tag} {address}</title>".encode()
        body = f'<form class="kb-ask" action="lookup/index.html"><input name="q"></form>{ASK}'
        files[f"{site.path}/index.html"] = FRAME.format(lang=tag, policy=policy, body=body).encode()
    for url, content in files.items():
        path = root / "site" / url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root / "site"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[tuple[str, list[str]]]:
    requests: list[str] = []

    class Recording(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            requests.append(str(args[0]))

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Recording, directory=str(folder)))
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}", requests
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which no script fails and nothing is refused by the policy."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    # The browser asks for an icon that these pages don't have, and a test refuses a file.
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []


@pytest.fixture
def start(server: tuple[str, list[str]], folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of the English lookup page, on a server unless a test asks for the disk."""
    root = folder.as_uri() if getattr(request, "param", "http") == "file" else server[0]
    return f"{root}/en/lookup/index.html"


ANSWERED = re.compile("found|No event|source")


def status_is(page: Any, text: str | re.Pattern[str]) -> None:
    """Wait until the page says so."""
    playwright.expect(page.locator("#kb-lookup-status")).to_have_text(text)


ANSWER = """async ({ texts, shared }) => {
  const load = address => new Promise((resolve, reject) => {
    const [place, ...rest] = address.split("/")
    const script = document.createElement("script")
    script.src = `${{ own: "", all: "../../lookup/" }[place]}${rest.join("/")}`
    script.onload = resolve
    script.onerror = reject
    document.head.append(script)
  })
  const known = await kbLookup.open(load)
  const answers = []
  for (const text of texts) {
    const { hits, notes, sources } = await kbRecognise.answer(known, text)
    answers.push({
      events: hits.map(({ event: { source, id, symbol } }) =>
        `${source}/${id}${shared.includes(`${source}/${id}`) ? `/${symbol}` : ""}`),
      values: (hits[0]?.values || []).map(({ number, value, cut }) => [number, value, cut]),
      scores: hits.map(({ score }) => Math.round(score * 100) / 100),
      kinds: hits.map(({ kind }) => kind),
      notes,
      sources: sources.map(([name]) => name),
    })
  }
  return answers
}"""
SHARED = ["MSExchangeIS/12003"]


def ask(page: Any, texts: list[str]) -> Any:
    """What the page's scripts answer, without the page."""
    return page.evaluate(ANSWER, {"texts": texts, "shared": SHARED})


def test_lines_lead_to_their_events(page: Any, start: str) -> None:
    page.goto(start)
    answers = ask(page, [line["text"] for line in LINES])
    wrong = []
    for line, found in zip(LINES, answers, strict=True):
        values = {number: value for number, value, cut in found["values"] if not cut}
        notes = [
            {key: note.get(key) for key in wanted}
            for note, wanted in zip(found["notes"], line.get("notes", []), strict=False)
        ]
        if (
            found["events"] != line["events"]
            or values != line.get("values", values)
            or notes != line.get("notes", notes)
            or found["sources"] != line.get("sources", [])
        ):
            wrong.append((line["what"], found))
    assert wrong == []


def answered(known: KnownEvents, text: str) -> dict[str, Any]:
    """What the command line answers, in the form of the page's scripts."""
    found = answer(known, text)
    names = [(f"{hit.event.source}/{hit.event.id}", hit.event.symbol) for hit in found.hits]
    return {
        "events": [f"{name}/{symbol}" if name in SHARED else name for name, symbol in names],
        "values": [[value.number, value.text, value.cut] for hit in found.hits[:1] for value in hit.values],
        "scores": [round(hit.score, 2) for hit in found.hits],
        "kinds": [str(hit.kind) for hit in found.hits],
        "sources": list(found.sources),
    }


def _spoiled(generator: random.Random, text: str) -> str:
    """A text as it comes out of a clipboard: cut off, broken into lines, with other blanks and letters."""
    way = generator.randrange(8)
    if way == 0:
        return text[: generator.randint(1, len(text))]
    if way == 1:
        return text[generator.randint(0, len(text) - 1) :]
    if way == 2:
        return text.replace(" ", generator.choice(["  ", "\n", "\r\n ", "\u00a0"]), generator.randint(1, 5))
    if way == 3:
        return text.upper()
    if way == 4:
        return f"{text}\n{text[::-1]}"
    if way == 5:
        return " ".join(generator.sample(text.split(), k=min(4, len(text.split()))))
    if way == 6:
        return text.replace("'", "’").replace(":", generator.choice(["", "::", " : "]))
    return generator.choice(PREFIXES) + text + generator.choice(["", " ", "…", " -- more", "\n\tat x"])


def test_the_page_answers_like_the_command_line(page: Any, start: str, folder: Path) -> None:
    generator = random.Random(5)
    texts = [str(line["text"]) for line in LINES if str(line["text"]).strip()]
    asked = [_spoiled(generator, generator.choice(texts)) for _ in range(600)] + [text[:3000] for text in HOSTILE]
    context = context_of(folder.parent / "project")
    project = Project(load_project(folder.parent / "project", "content"), context.catalogs, ())
    known = gather_events(project, context.settings)[0]
    page.goto(start)
    found = [{key: told[key] for key in told if key != "notes"} for told in ask(page, asked)]
    wrong = [(text, told) for text, told in zip(asked, found, strict=True) if told != answered(known, text)]
    assert wrong == []


WORDS = [
    *("connection", "server", "queue", "transport", "database", "the", "of", "to", "for", "failed", "could", "not"),
    *("open", "close", "mailbox", "user", "from", "with", "error", "was", "denied", "while", "reading", "writing"),
    *("volume", "index", "agent", "process", "service", "started", "stopped", "unexpectedly", "because", "timeout"),
]


def _templates(generator: random.Random) -> list[list[str | int]]:
    """200 different templates, of words that they share."""
    made: dict[str, list[str | int]] = {}
    while len(made) < 200:
        count = generator.randint(1, 4)
        numbers = generator.sample(range(1, count + 1), count)
        parts: list[str | int] = []
        for number in numbers:
            words = " ".join(generator.choices(WORDS, k=generator.randint(2, 5)))
            opening, closing = generator.choice([("'", "'"), ("(", ")"), ("", ","), ("[", "]")])
            parts += [f"{words} {opening}", number, f"{closing} "]
        if generator.random() < 0.6:
            parts.append(" ".join(generator.choices(WORDS, k=3)) + ".")
        elif generator.random() < 0.5:
            parts.pop()
        if generator.random() < 0.2:
            parts.insert(0, count + 1)
            parts.insert(1, ": ")
        merged: list[str | int] = []
        for part in parts:
            if merged and isinstance(part, str) and isinstance(merged[-1], str):
                merged[-1] += part
            else:
                merged.append(part)
        text = "".join(str(part) for part in merged)
        # A message of `for` and `not` alone is found where it has its line for itself, and that isn't asked here.
        if len(re.findall(r"[a-z]{4,}", text)) > 1:
            made.setdefault(text, merged)
    return list(made.values())


def _value(generator: random.Random) -> str:
    letters = "abcxyzABC019-_./\\@:äß"
    words = ["".join(generator.choices(letters, k=generator.randint(1, 9))) for _ in range(generator.randint(1, 3))]
    return generator.choice("abc019") + " ".join(words) + generator.choice("xyz")


def _value_of(kind: ValueKind | None, generator: random.Random) -> str:
    """A value that looks as its format makes it."""
    number = generator.randrange(10**6)
    match kind:
        case ValueKind.INTEGER:
            return str(generator.choice([0, -5, number]))
        case ValueKind.HEXADECIMAL:
            return generator.choice([f"{number:x}", f"0x{number:08X}"])
        case ValueKind.FLOAT:
            return generator.choice([f"{number / 7:.2f}", "1.5e+20", "nan"])
        case ValueKind.IDENTIFIER:
            return "`" + generator.choice(["t1", "a.b", "it``s", "a b", ""]) + "`"
        case ValueKind.ERROR:
            return generator.choice([str(number), f'{number} "No such file (or directory)"'])
        case None:
            return generator.choice(["7", "a 7", "a.b", "C:\\Program Files", "x, 5. 6"])


# Behind a prefix that may go on, nobody can say where a value begins.
CLEAR_PREFIXES = ("", "<13>May  1 03:12:44 srv7 app[812]: ")
PREFIXES = (*CLEAR_PREFIXES, "2026-05-01 03:12:44 ", "03:12:44.123 [ERROR] ", "xyz | ")


def test_random_values_come_back_from_random_templates(page: Any, folder: Path, tmp_path: Path) -> None:
    generator = random.Random(1024)
    templates = _templates(generator)
    cases = []
    for position, template in enumerate(templates):
        for prefix in CLEAR_PREFIXES if isinstance(template[0], int) else PREFIXES:
            values = {str(part): _value(generator) for part in template if isinstance(part, int)}
            line = prefix + "".join(part if isinstance(part, str) else values[str(part)] for part in template)
            # What follows a value in its line would be taken for a part of it.
            endings = ["", "\r\n", "\nanother line", *([" -- more"] if isinstance(template[-1], str) else [])]
            cases.append((position, values, line + generator.choice(endings)))
    context = context_of(folder.parent / "project")
    events = [
        LookupEvent(Identity("p", "S", str(number)), f"s/{number}", templates=(tuple(template),))
        for number, template in enumerate(templates)
    ]
    write_lookup(tmp_path, lookup_files(context, {"en": events}), folder)
    page.goto((tmp_path / "en/lookup/index.html").as_uri())
    answers = [
        [int(found["events"][0][2:]), {str(number): value for number, value, _ in found["values"]}]
        for found in ask(page, [line for _, _, line in cases])
        if found["events"]
    ]
    wrong = [(case, answer) for case, answer in zip(cases, answers, strict=True) if answer != [case[0], case[1]]]
    assert len(cases) > 800
    assert wrong == []


@pytest.mark.corpus
def test_lines_of_mariadb_are_answered_alike_in_both_languages(page: Any, folder: Path, tmp_path: Path) -> None:
    named = os.environ.get("KB_GEN_CORPORA")
    corpora = Path(named) if named else Path(__file__).parents[2].parent / "shared" / "corpora"
    if not corpora.is_dir():
        pytest.skip(f"no corpora at {corpora}; KB_GEN_CORPORA names their folder")
    texts: dict[str, dict[str, str]] = {}
    symbol = ""
    for line in (corpora / "mariadb" / "errmsg-utf8.txt").read_text(encoding="utf-8").splitlines():
        if named_symbol := re.match(r"[A-Z][A-Z0-9_]*\b", line):
            symbol = named_symbol[0]
        elif text := re.match(r'\s+(eng|ger)\s+"(.*?)"?\s*$', line):
            texts.setdefault(symbol, {})[text[1]] = text[2]
    generator = random.Random(3)
    events: dict[str, list[LookupEvent]] = {"en": [], "de": []}
    lines = []
    for number, (name, own) in enumerate(texts.items(), 1000):
        for tag, language in (("en", "eng"), ("de", "ger")):
            template = parse(own.get(language) or own.get("eng", ""), "printf")
            identity = Identity("mariadb", "mariadbd", str(number), name)
            events[tag].append(LookupEvent(identity, f"mariadbd/{number}", templates=(template_parts(template),)))
            if own.get(language):
                values = {number: _value(generator) for number in template.numbers}
                for insertion in template.insertions:
                    if generator.random() < 0.7:
                        values[insertion.number] = _value_of(kind_of(insertion.format), generator)
                if lines and generator.random() < 0.3:
                    # A message may give another one as its reason.
                    values[max(template.numbers, default=1)] = generator.choice(lines)
                lines.append(generator.choice(PREFIXES) + fill(template, values))
    context = context_of(folder.parent / "project")
    write_lookup(tmp_path, lookup_files(context, events), folder)
    known = KnownEvents.of(
        (
            KnownEvent(one.address, *one.identity[1:4]),
            list(dict.fromkeys((*one.templates, *other.templates))),
        )
        for one, other in zip(events["en"], events["de"], strict=True)
    )
    page.goto((tmp_path / "en/lookup/index.html").as_uri())
    cut = [line[: generator.randint(len(line) // 2, len(line))] for line in generator.sample(lines, 300)]
    asked = [*generator.sample(lines, 300), *cut, "Access denied for user 'root'@'localhost' (using pass"]
    found = [{key: told[key] for key in told if key != "notes"} for told in ask(page, asked)]
    wrong = [(text, told) for text, told in zip(asked, found, strict=True) if told != answered(known, text)]
    assert wrong == []
    # The beginning of this message is all of another one.
    assert found[-1]["kinds"] == ["part", "message"]


def write_lookup(root: Path, assets: Iterable[Asset], folder: Path) -> None:
    """A lookup page of its own: its files, and the scripts that use them."""
    for asset in assets:
        path = root / asset.url
        path.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(asset.content, bytes)
        path.write_bytes(asset.content)
    scripts = "".join(
        f'<script src="../../assets/kb-gen/{name}.js"></script>' for name in ("lookup-files", "recognise")
    )
    page = f'<!DOCTYPE html><meta charset="utf-8">{scripts}'
    (root / "en/lookup/index.html").write_text(page, encoding="utf-8")
    shutil.copytree(folder / "assets", root / "assets")


HOSTILE = [
    "a" * 30_000,
    "' '" * 10_000,
    "\n" * 30_000,
    "(" * 30_000,
    "<Provider " * 3_000,
    "<Event " * 3_000,
    "id: " * 8_000,
    "source:" * 4_000,
    "0x" * 90,
    "\u202e\ufffd" * 50,
    "%1" * 9_000,
    "{" * 5_000,
    '["' * 5_000,
    "[" * 100_000,
    "2026-" * 5_000,
    "mysqld mysqld " * 2_000,
    "SMTP rejected a (" * 2_000,
    # With a pattern that begins anew at each blank, these would take an hour.
    f"x{' ' * 2_000_000}x",
    "{" + "\u00a0" * 2_000_000 + "x",
]


def test_hostile_texts_find_nothing_and_break_nothing(page: Any, start: str) -> None:
    page.goto(start)
    answers = ask(page, HOSTILE)
    assert [text[:20] for text, found in zip(HOSTILE, answers, strict=True) if found["events"]] == []


def hits(page: Any) -> list[str]:
    """The titles of the events found, once the page has answered."""
    status_is(page, ANSWERED)
    return [str(text) for text in page.locator(".kb-lookup__event a").all_inner_texts()]


def values(page: Any) -> list[str]:
    """The rows of the first event's table of values."""
    return [" ".join(row.split()) for row in page.locator(".kb-lookup__values tr").all_inner_texts()]


@pytest.mark.parametrize("start", ["http", "file"], indirect=True)
def test_a_pasted_line_is_answered_by_keyboard_alone(page: Any, start: str) -> None:
    page.goto(start)
    page.focus("#kb-lookup-text")
    page.keyboard.insert_text("Volume C: has only 5 MB of free space left.")
    page.keyboard.press("Enter")
    assert hits(page) == ["DiskWatch 7"]
    assert page.inner_text("#kb-lookup-status") == "Events found: 1 – DiskWatch 7"
    assert page.evaluate("document.activeElement.id") == "kb-lookup-text"
    assert [" ".join(row.split()) for row in page.locator(".kb-lookup__values tr").all_inner_texts()] == [
        "%1 C:",
        "%2 5",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/diskwatch/7/index.html#values=*")


def test_shift_and_enter_begin_a_new_line(page: Any, start: str) -> None:
    page.goto(start)
    page.focus("#kb-lookup-text")
    page.keyboard.type("2114")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("#kb-lookup-text") == "2114\n"
    assert page.inner_text("#kb-lookup-status") == ""


def test_names_of_values_are_shown_and_texts_stay_texts(page: Any, start: str) -> None:
    attack = "<img src=x onerror=document.title=1><script>document.title=2</script>"
    line = f"SMTP rejected a (P1) mail from '{attack}' with 'C' connector and user authenticated as 'U'. There was a"
    page.goto(f"{start}#q={quote(line)}")
    assert hits(page) == ["MSExchangeTransport 1024"]
    assert values(page)[0] == f"%1 sender address {attack}"
    assert page.locator("#kb-lookup-result img, #kb-lookup-result script").count() == 0
    assert page.title() == "Lookup"


@pytest.mark.parametrize("start", ["http", "file"], indirect=True)
def test_a_question_in_the_address_can_be_bookmarked_and_gone_back_to(page: Any, start: str) -> None:
    page.goto(f"{start}?q=MSExchangeTransport+1024")
    assert hits(page) == ["MSExchangeTransport 1024"]
    assert page.url == f"{start}#q=MSExchangeTransport%201024"
    page.fill("#kb-lookup-text", "2114")
    page.click("button[type=submit]")
    status_is(page, "Events found: 1 – MSExchange ADAccess 2114")
    assert page.url == f"{start}#q=2114"
    page.go_back()
    status_is(page, "Events found: 1 – MSExchangeTransport 1024")
    assert page.input_value("#kb-lookup-text") == "MSExchangeTransport 1024"
    page.reload()
    assert hits(page) == ["MSExchangeTransport 1024"]


def test_what_is_pasted_is_told_to_no_server(page: Any, start: str, server: tuple[str, list[str]]) -> None:
    page.goto(start.replace("/lookup/", "/"))
    page.fill("[name=q]", "Volume secret has only 5 MB of free space left.")
    page.press("[name=q]", "Enter")
    assert hits(page) == ["DiskWatch 7"]
    page.fill("#kb-lookup-text", "Volume secret has only 6 MB of free space left.")
    page.click("button[type=submit]")
    playwright.expect(page.locator(".kb-lookup__values")).to_contain_text("6")
    page.click(".kb-lookup__event a")
    page.wait_for_url("**/diskwatch/7/index.html#values=*")
    assert not [line for line in server[1] if "secret" in line]


def test_what_nobody_knows_is_said_plainly(page: Any, start: str) -> None:
    page.goto(f"{start}#q=The+quick+brown+fox")
    assert hits(page) == []
    assert page.inner_text("#kb-lookup-status") == "No event was found for this."


def test_a_code_is_explained(page: Any, start: str) -> None:
    page.goto(f"{start}#q=0x80040400")
    assert hits(page) == ["DiskWatch 1024", "MSExchangeTransport 1024"]
    explained = "0x80040400 is event ID 1024 with severity Warning and facility 4."
    assert page.inner_text("#kb-lookup-result > p") == explained


def test_missing_data_is_said_plainly(page: Any, start: str) -> None:
    page.route("**/lookup/shards/*.js", lambda route: route.abort())
    page.goto(f"{start}#q=2114")
    status_is(page, "The list of events could not be read.")


EVENT_VIEWER = {
    "ProdName=Exchange&ProdVer=14.0&EvtID=1010&EvtSrc=MSExchangeTransport&LCID=1033": "en/msexchangetransport/1010",
    "lcid=1031&EVTSRC=msexchangetransport&evtid=1024": "de/msexchangetransport/1024",
    "LCID=3079&EvtSrc=MSExchange+ADAccess&EvtID=2114&FileName=x.dll&CoName=A+%26+B": "de/msexchange-adaccess/2114",
    "EvtID=2141&EvtSrc=MSExchange%20ADAccess": "en/msexchange-adaccess/2141",
    "EvtID=-1073740800&EvtSrc=MSExchangeTransport": "en/msexchangetransport/1024",
    "EvtID=0x40000400&EvtSrc=MSExchangeTransport&LCID=9999": "en/msexchangetransport/1024",
    "EvtID=DW_LOW_SPACE": "en/diskwatch/7",
    "EvtID=1024&ProdName=Microsoft+Exchange": "en/msexchangetransport/1024",
    "EvtID=12003&EvtSrc=MSExchangeIS&ProdVer=8.0.685.24": "en/msexchangeis/12003-storefaultold",
    "EvtID=KubePodCrashLooping&LCID=1031": "de/alertmanager/kubepodcrashlooping",
    "CoName=Microsoft%20Corporation&ProdName=Microsoft%C2%AE%20Exchange&ProdVer=14.00.0639.021&FileName=x.dll"
    "&FileVer=14.00.0639.021&EvtID=1024&EvtSrc=MSExchangeTransport&EvtCat=SmtpReceive&EvtType=Error&LCID=2055": (
        "de/msexchangetransport/1024"
    ),
    "ProdName=Exchange&ProdVer=8.0&EvtID=3221237475&EvtSrc=MSExchangeIS&LCID=1033": (
        "en/msexchangeis/12003-storefaultold"
    ),
    "evtid=KUBEPODCRASHLOOPING&evtsrc=AlertManager": "en/alertmanager/kubepodcrashlooping",
    "EvtID=%20+1024+&EvtSrc=+MSExchangeTransport%20&LCID=0x0407": "de/msexchangetransport/1024",
    "EvtID=4&EvtSrc=Old+Watch": "en/diskwatch/10",
}


@pytest.mark.parametrize("query", EVENT_VIEWER)
@pytest.mark.parametrize("start", ["http", "file"], indirect=True)
def test_event_viewer_is_led_to_the_article(page: Any, start: str, query: str) -> None:
    page.goto(f"{start}?{query}")
    page.wait_for_url(f"**/{EVENT_VIEWER[query]}/index.html")


def test_event_viewer_is_shown_all_of_several(page: Any, start: str) -> None:
    page.goto(f"{start}?EvtID=12003&EvtSrc=MSExchangeIS&LCID=1031")
    page.wait_for_url("**/de/lookup/index.html?*")
    page.wait_for_selector(".kb-lookup__event a")
    links = page.locator(".kb-lookup__event a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == [f"../../de/msexchangeis/12003-{symbol}/index.html" for symbol in ("storefault", "storefaultold")]
    switch = page.get_attribute("#switch", "href")
    assert switch.partition("/de/")[2] == "lookup/index.html?EvtID=12003&EvtSrc=MSExchangeIS"


def test_a_language_alone_leads_to_the_page_in_it_which_asks_for_a_line(page: Any, start: str) -> None:
    page.goto(f"{start}?LCID=1031&ProdName=Exchange")
    page.wait_for_url("**/de/lookup/index.html?*")
    page.wait_for_function("document.getElementById('kb-lookup-status').textContent.length > 9")
    page.wait_for_function("document.activeElement.id === 'kb-lookup-text'")


UNKNOWN = {
    "EvtID=4711&EvtSrc=Nobody&ProdName=X": "Nobody · 4711 · X",
    "EvtID=1024&EvtSrc=Nobody": "Nobody · 1024",
    "EvtSrc=Nobody": "Nobody",
}


@pytest.mark.parametrize("query", UNKNOWN)
def test_event_viewer_is_told_what_nobody_knows(page: Any, start: str, query: str) -> None:
    page.goto(f"{start}?{query}")
    assert hits(page) == []
    assert page.inner_text("#kb-lookup-status") == "No event was found for this."
    assert page.inner_text("#kb-lookup-result") == f"Event Viewer asked for this event: {UNKNOWN[query]}"
