"""What is kept of the theme's frame: never anything but what making it again would give."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from site_samples import context_of
from site_trees import copy_sample, site_files

from kb_gen.load import CACHE_FOLDER, read_pack, write_pack
from kb_gen.site import engine_choice, evidence
from kb_gen.site.build import build_site
from kb_gen.site.engine_choice import EngineInput, engine_input, kept_engine
from kb_gen.site.engines import ConfigurationError, Engine, PageParts
from kb_gen.site.engines.mkdocs import MkDocsEngine
from kb_gen.site.kept_settings import project_settings
from kb_gen.site.plugin import read_settings

_MINUTE = 60_000_000_000
_TREE = {
    "mkdocs.yml": """\
INHERIT: shared.yml
site_name: !ENV [KB_NAME, Sample]
docs_dir: content/pages
theme:
  name: material
  custom_dir: overrides
  logo: logo.svg
extra_css: [own.css]
markdown_extensions:
  - attr_list
  - pymdownx.superfences:
      custom_fences:
        - name: plain
          class: plain
          format: !!python/name:pymdownx.superfences.fence_code_format
plugins:
  - search
  - kb-gen:
      locales: [en, de]
""",
    "shared.yml": "copyright: Nobody\nrepo_url: https://git.example.com/kb\n",
    "overrides/main.html": '{% extends "base.html" %}{% block announce %}Mind the gap{% endblock %}\n',
    "overrides/extra.js": "1\n",
    "content/pages/own.css": "a {}\n",
    "content/pages/en/guide.md": "# Guide\n\n[Tips](more/tips.md) and `code`\n",
    "content/pages/en/more/tips.md": "# Tips\n\n![](dot.png)\n",
    "content/pages/en/more/dot.png": "png",
    "content/pages/de/guide.md": "# Anleitung\n",
}


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this process had begun a minute after somebody changed the code last."""
    monkeypatch.setattr(evidence, "_STARTED", time.time_ns() + _MINUTE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = copy_sample(tmp_path)
    for path, text in _TREE.items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return project


class Counter:
    """Engines that were made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, wanted: EngineInput) -> MkDocsEngine:
        self.made += 1
        return _MAKE(wanted)


_MAKE = engine_choice._mkdocs_engine


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    monkeypatch.setattr(engine_choice, "_mkdocs_engine", counter)
    return counter


def _build(project: Path, name: str = "site", jobs: int = 1) -> dict[str, bytes]:
    outcome = build_site(project_settings(project / "mkdocs.yml", project.parent / name), jobs=jobs)
    assert not outcome.failed, list(outcome.report("concise"))
    return site_files(project.parent / name)


def _clean(project: Path) -> dict[str, bytes]:
    """The site as it is without anything kept; what is kept stays as it is."""
    aside = project.parent / "aside"
    cache = project / CACHE_FOLDER
    if cache.exists():
        cache.rename(aside)
    shutil.rmtree(project.parent / "clean", ignore_errors=True)
    files = _build(project, "clean")
    shutil.rmtree(cache, ignore_errors=True)
    if aside.exists():
        aside.rename(cache)
    return files


def _packs(project: Path) -> list[Path]:
    names = ("frame", "settings")
    return sorted(file for file in (project / CACHE_FOLDER).glob("*") if file.name in names or file.suffix == ".part")


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_build_has_the_same_bytes_and_makes_no_engine(project: Path, engines: Counter) -> None:
    first = _build(project)
    assert engines.made == 1
    assert b"Mind the gap" in first["en/guide/index.html"]
    assert {"logo.svg", "extra.js", "own.css", "en/more/dot.png"} & first.keys() == {
        "extra.js",
        "own.css",
        "en/more/dot.png",
    }
    second, third = _build(project), _build(project, "elsewhere", jobs=2)
    assert engines.made == 1
    assert first == second == third == _clean(project)


def test_workers_keep_what_they_render(project: Path, engines: Counter) -> None:
    for number in range(200):
        text = (project / "content/shop/shopprint/7.yml").read_text(encoding="utf-8")
        (project / f"content/shop/shopprint/{1000 + number}.yml").write_text(
            text.replace("id: 7", f"id: {1000 + number}"), encoding="utf-8"
        )
    first = _build(project, jobs=2)
    shells = {file for file in _packs(project) if len(file.stem) == len("0123456789abcdef")}
    second = _build(project, jobs=1)
    assert engines.made == 1
    assert first == second
    assert shells == {file for file in _packs(project) if len(file.stem) == len("0123456789abcdef")}


def _damage(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        place = chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
    return (b"", chance.randbytes(len(data)), data + b"x")[kind - 2]


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_cache_costs_time_only(project: Path, seed: int) -> None:
    first = _build(project)
    chance = random.Random(seed)
    for pack in _packs(project):
        pack.write_bytes(_damage(pack.read_bytes(), chance))
    assert _build(project) == first
    assert _build(project) == first


def test_packs_of_another_meaning_are_passed_over(project: Path, engines: Counter) -> None:
    """Whole packs of the right version that hold something else."""
    first = _build(project)
    cache = project / CACHE_FOLDER
    for pack in _packs(project):
        kind = pack.read_bytes().partition(b"\r\n")[0] + b"\r\n"
        version = pack.read_bytes()[len(kind) : len(kind) + 16]
        assert read_pack(cache, pack.name, kind, version)
        write_pack(cache, pack.name, kind, version, b"\x93\x01\x02\x03")
    assert _build(project) == first
    assert engines.made == 2


def test_folders_and_links_in_the_place_of_packs_do_no_harm(project: Path, tmp_path: Path) -> None:
    first = _build(project)
    for number, pack in enumerate(_packs(project)):
        content = pack.read_bytes()
        pack.unlink()
        if number % 2:
            pack.mkdir()
        else:
            (tmp_path / pack.name).write_bytes(content)
            pack.symlink_to(tmp_path / pack.name)
    assert _build(project) == first


def _keeping_times(project: Path) -> None:
    file = project / "content/pages/en/guide.md"
    status = file.stat()
    _edit(file, "Tips", "Tops")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


_CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "page edited": (lambda p: _edit(p / "content/pages/en/guide.md", "code", "more code"), "en/guide/index.html"),
    "page edited, times set back": (_keeping_times, "en/guide/index.html"),
    "page added": (lambda p: (p / "content/pages/de/new.md").write_text("# Neu\n"), "de/new/index.html"),
    "page in another language added": (
        lambda p: shutil.copytree(p / "content/pages/en/more", p / "content/pages/de/more"),
        "en/more/tips/index.html",
    ),
    "page removed": (lambda p: (p / "content/pages/de/guide.md").unlink(), "en/guide/index.html"),
    "folder renamed": (lambda p: (p / "content/pages/en/more").rename(p / "content/pages/en/less"), "en/index.html"),
    "picture added": (lambda p: (p / "content/pages/en/two.png").write_text("2"), "en/two.png"),
    "picture edited": (lambda p: (p / "content/pages/en/more/dot.png").write_text("other"), "en/more/dot.png"),
    "all pages removed": (lambda p: shutil.rmtree(p / "content/pages/de"), "de/index.html"),
    "configuration edited": (
        lambda p: _edit(p / "mkdocs.yml", "docs_dir", "repo_name: Forge\ndocs_dir"),
        "de/index.html",
    ),
    "inherited configuration edited": (lambda p: _edit(p / "shared.yml", "Nobody", "Somebody"), "de/lookup/index.html"),
    "template edited": (lambda p: _edit(p / "overrides/main.html", "Mind", "Mend"), "en/shopprint/7/index.html"),
    "template added": (
        lambda p: [
            (p / "overrides/partials").mkdir(),
            (p / "overrides/partials/copyright.html").write_text("Mine"),
        ],
        "en/shopprint/7/index.html",
    ),
    "template for what isn't found": (
        lambda p: (p / "overrides/404.html").write_text(
            "{% extends 'main.html' %}{% block content %}Gone{% endblock %}"
        ),
        "404.html",
    ),
    "script edited": (lambda p: (p / "overrides/extra.js").write_text("2"), "extra.js"),
    "script added": (lambda p: (p / "overrides/more.js").write_text("2"), "more.js"),
    "logo added": (lambda p: (p / "content/pages/logo.svg").write_text("<svg/>"), "logo.svg"),
    "style sheet removed": (lambda p: (p / "content/pages/own.css").unlink(), "own.css"),
    "style sheet edited": (lambda p: (p / "content/pages/own.css").write_text("b {}"), "own.css"),
    "product renamed": (
        lambda p: _edit(p / "content/products.yml", "name: ", "name: New "),
        "en/shopprint/7/index.html",
    ),
    "variable set": (lambda _: os.environ.__setitem__("KB_NAME", "Other"), "en/index.html"),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_shows_as_in_a_clean_build(
    project: Path, change: str, engines: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_NAME", "Sample")
    act, url = _CHANGES[change]
    before = _build(project)
    act(project)
    after = _build(project)
    assert after == _clean(project)
    assert after.get(url) != before.get(url)
    made = engines.made
    assert _build(project) == after
    assert engines.made == made


def test_what_is_changed_back_shows_as_it_was(project: Path) -> None:
    page = project / "content/pages/en/guide.md"
    template = project / "overrides/main.html"
    texts = page.read_text(), template.read_text()
    first = _build(project)
    page.write_text("# Other\n")
    template.write_text("{% extends 'base.html' %}")
    second = _build(project)
    page.write_text(texts[0])
    third = _build(project)
    template.write_text(texts[1])
    assert _build(project) == first
    assert len({files["en/guide/index.html"] for files in (first, second, third)}) == 3


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:"),
        ("mkdocs.yml", "  - attr_list", "  - pymdownx.snippets"),
        ("mkdocs.yml", "  - attr_list", "  - pymdownx.snippets:\n      base_path: content"),
        ("mkdocs.yml", "  - search", "  - search\n  - tags"),
        ("mkdocs.yml", "  - search", "  - search:\n      jieba_dict: words.txt"),
        ("mkdocs.yml", "  - attr_list", "  - pymdownx.emoji:\n      options: {custom_icons: [icons]}"),
        ("mkdocs.yml", "site_name:", "extra: {home: !!python/name:os.sep }\nsite_name:"),
        ("shared.yml", "copyright:", "hooks: [hook.py]\ncopyright:"),
        ("overrides/main.html", "Mind", "{{ build_date_utc }}"),
        ("overrides/main.html", "Mind", "{{ ['a', 'b'] | random }}"),
    ],
)
def test_nothing_is_kept_that_may_depend_on_more(
    project: Path, path: str, old: str, new: str, engines: Counter
) -> None:
    (project / "hook.py").write_text("")
    _edit(project / path, old, new)
    _build(project)
    _build(project)
    assert [pack for pack in _packs(project) if pack.name != "settings"] == []
    assert engines.made == 2


def test_a_hook_that_comes_later_ends_it(project: Path) -> None:
    _build(project)
    (project / "hook.py").write_text("def on_post_page(output, **_):\n    return output.replace('Mind', 'Hooked')\n")
    _edit(project / "mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    assert b"Hooked the gap" in _build(project)["en/guide/index.html"]


@pytest.mark.parametrize("what", ["code", "installed", "theme"])
def test_other_programs_make_it_anew(
    project: Path, what: str, engines: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = tmp_path / "some_plugin.py"
    module.write_text("")
    monkeypatch.setitem(sys.modules, "some_plugin", type(sys)("some_plugin"))
    monkeypatch.setattr(sys.modules["some_plugin"], "__file__", str(module), raising=False)
    _build(project)
    if what == "code":
        module.write_text("1")
    elif what == "installed":
        monkeypatch.setattr(evidence, "_distributions", lambda: b"another")
    else:
        monkeypatch.setattr(evidence, "_states", lambda _: b"another")
    _build(project)
    assert engines.made == 2


def test_code_that_changed_since_the_program_began_is_not_trusted(
    project: Path, engines: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "_STARTED", 0)
    _build(project)
    _build(project)
    assert _packs(project) == []
    assert engines.made == 2


def _engine(project: Path, wanted: EngineInput) -> Engine:
    return kept_engine(wanted, project / CACHE_FOLDER)


@pytest.fixture
def wanted(project: Path) -> EngineInput:
    context = context_of(project)
    return engine_input(replace(context, settings=read_settings(project / "mkdocs.yml")))


PAGE = PageParts("en", "en/shopservice/100/index.html", "An event", "", "<h1>An event</h1>")


def test_a_layout_that_is_new_is_rendered_and_kept(project: Path, wanted: EngineInput, engines: Counter) -> None:
    _engine(project, wanted).page(PAGE)
    again = _engine(project, wanted)
    again.page(PAGE)
    assert engines.made == 1
    new = replace(PAGE, hide=("toc",))
    rendered = again.page(new)
    assert engines.made == 2
    assert (
        _engine(project, wanted).page(new)
        == rendered
        == MkDocsEngine(
            wanted.config_file,
            wanted.shapes,
            labels=wanted.labels,
            stylesheets=engine_choice.STYLESHEETS,
            scripts=engine_choice.SCRIPTS,
            search=wanted.search,
        ).page(new)
    )
    assert engines.made == 2


def test_what_a_changed_template_gives_is_not_kept_for_the_old_one(
    project: Path, wanted: EngineInput, engines: Counter
) -> None:
    template = project / "overrides/main.html"
    text = template.read_text(encoding="utf-8")
    engine = _engine(project, wanted)
    template.write_text(text.replace("Mind", "Mend"), encoding="utf-8")
    engine.page(PAGE)
    list(engine.handwritten())
    template.write_text(text, encoding="utf-8")
    assert b"Mind the gap" in _engine(project, wanted).page(PAGE)
    assert all(b"Mind the gap" in page.html for page in _engine(project, wanted).handwritten())


def test_pages_that_change_under_a_build_are_not_kept(project: Path, wanted: EngineInput) -> None:
    list(_engine(project, wanted).assets())
    engine = _engine(project, wanted)
    page = project / "content/pages/en/guide.md"
    text = page.read_text(encoding="utf-8")
    page.write_text("# Other\n", encoding="utf-8")
    assert any(b"Other" in each.html for each in engine.handwritten())
    page.write_text(text, encoding="utf-8")
    assert not any(b"Other" in each.html for each in _engine(project, wanted).handwritten())


def test_scripts_are_those_of_the_pages(project: Path, wanted: EngineInput) -> None:
    (project / "content/pages/en/guide.md").write_text("# Guide\n\n<script>guide()</script>\n", encoding="utf-8")
    found = []
    for _ in range(2):
        engine = _engine(project, wanted)
        list(engine.handwritten())
        engine.not_found({"en": "<script>gone()</script>", "de": ""})
        found.append(engine.inline_scripts())
    assert found[0] == found[1]
    assert {"guide()", "gone()"} < found[0]
    assert "guide()" not in _engine(project, wanted).inline_scripts()


def test_other_bodies_make_another_not_found_page(project: Path, wanted: EngineInput) -> None:
    pages = [_engine(project, wanted).not_found({"en": body, "de": ""}) for body in ("a-b", "c-d", "a-b")]
    assert pages[0] == pages[2]
    assert b"c-d" in pages[1]


def test_settings_are_those_that_mkdocs_reads(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = project / "mkdocs.yml"
    for _ in range(2):
        for site_dir in (None, project / "out"):
            assert project_settings(config, site_dir) == read_settings(config, site_dir)
    monkeypatch.setenv("KB_NAME", "Named")
    assert project_settings(config).site_name == "Named"
    monkeypatch.delenv("KB_NAME")
    shutil.rmtree(project / "overrides")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="overrides"):
            project_settings(config)


def test_a_second_build_loads_no_mkdocs(project: Path) -> None:
    code = """\
import sys, kb_gen.site.evidence as evidence
evidence._STARTED += 60 * 10**9
from kb_gen.cli.main import cli
code = cli.main(["build"], standalone_mode=False)
loaded = {name.partition(".")[0] for name in sys.modules}
print(*sorted(loaded & {"mkdocs", "material", "markdown", "pymdownx", "kb_gen"}))
sys.exit(code)
"""
    said = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.splitlines()[-1])
    assert said == ["kb_gen markdown material mkdocs pymdownx", "kb_gen"]
