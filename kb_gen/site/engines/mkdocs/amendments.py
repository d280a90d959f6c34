"""Small named substitutions in the theme's templates, applied while they are loaded.

Material's templates have faults that matter here: elements without accessible names, attributes that HTML doesn't
allow, one site root where this site has one per locale, a request to another host. A copied template would mend
them and then miss every later improvement of the theme. A substitution mends the one line and, when that line
changes, says so: as a warning at run time, as a failure in the test suite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from jinja2 import BaseLoader, Environment
from mkdocs.utils import get_theme_dir

__all__ = ["AMENDMENTS", "SCRIPT_AMENDMENTS", "AmendedLoader", "Amendment", "amend", "amended_script"]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One substitution: in `template`, every `old` becomes `new`, because of `reason`."""

    template: str
    old: str
    new: str
    reason: str


AMENDMENTS: tuple[Amendment, ...] = (
    Amendment(
        "base.html",
        """content="{{ config.site_author }}\"""",
        """content="{{ config.site_author | e }}\"""",
        "A name may hold characters that mean something in HTML.",
    ),
    # The document
    Amendment(
        "base.html",
        """<html lang="{{ lang.t('language') }}" class="no-js">""",
        """<html lang="{{ config.extra.locale | d(lang.t('language'), true) }}" class="no-js\""""
        """ data-root="{{ base_url }}">""",
        "Material knows fewer languages than the site; the address of the root is here for the script below.",
    ),
    Amendment(
        "partials/javascripts/base.html",
        """__md_scope=new URL("{{ config.extra.scope | d(base_url) }}",location)""",
        """__md_scope=new URL(document.documentElement.dataset.root,location)""",
        "A script that is the same on every page needs one hash in the Content-Security-Policy.",
    ),
    Amendment(
        "base.html",
        """<title>{{ page.meta.title }} - {{ config.site_name }}</title>""",
        """<title>{% if page.url != config.extra.homepage %}{{ page.meta.title }} - {% endif %}"""
        """{{ config.site_name }}</title>""",
        "Every locale has a home page, and it is called what the site is called.",
    ),
    Amendment(
        "base.html",
        """\
        {% for alt in config.extra.alternate %}
          <link rel="alternate" href="{{ alt.link | url }}" hreflang="{{ alt.lang | d(lang.t('language')) }}">
        {% endfor %}
""",
        """\
        {% for alt in config.extra.alternate if alt.exact %}
          <link rel="alternate " href="{{ alt.address | url }}" hreflang="{{ alt.lang }}">
        {% endfor %}
        {% if config.extra.alternate_default %}
          <link rel="alternate " href="{{ config.extra.alternate_default | url }}" hreflang="x-default">
        {% endif %}
""",
        "Search engines want counterparts only, and absolute. The space keeps Material's script from fetching a site "
        "map beside each of them.",
    ),
    Amendment(
        "base.html",
        """"base": base_url,""",
        """"base": config.extra.locale_root | url if config.extra.locale_root else base_url,""",
        "Material loads the search index from here, and every locale has its own.",
    ),
    Amendment(
        "base.html",
        """"search": "assets/javascripts/workers/search""",
        """"search": config.extra.search_worker | url if config.extra.search_worker """
        """else "assets/javascripts/workers/search""",
        "A large site is searched by a worker of its own.",
    ),
    Amendment(
        "404.html",
        """<h1>404 - Not found</h1>""",
        """{{ config.extra.not_found or "<h1>404 - Not found</h1>" }}""",
        "The page speaks every language of the site.",
    ),
    Amendment(
        "partials/source.html",
        """ data-md-component="source\"""",
        "",
        "The component asks another host for the repository's stars.",
    ),
    # Skipping to the content
    Amendment(
        "base.html",
        """\
      {% if page.toc | first is defined %}
        {% set skip = page.toc | first %}
        <a href="{{ skip.url | url }}" class="md-skip">
          {{ lang.t("action.skip") }}
        </a>
      {% endif %}
""",
        """\
      <a href="#__content" class="md-skip">
        {{ lang.t("action.skip") }}
      </a>
""",
        "The first heading in the table of contents stands below the summary, and some pages have none.",
    ),
    Amendment(
        "base.html",
        """<article class="md-content__inner md-typeset">""",
        """<article class="md-content__inner md-typeset" id="__content">""",
        "The target of the link above.",
    ),
    # The navigation
    Amendment(
        "partials/nav-item.html",
        """ tabindex="{{ tabindex }}\"""",
        """{% if tabindex %} tabindex="{{ tabindex }}"{% endif %}""",
        "An empty `tabindex` is not HTML.",
    ),
    Amendment(
        "partials/nav-item.html",
        """aria-labelledby="{{ path }}_label" aria-expanded="{{ nav_item.active | tojson }}\"""",
        """aria-label="{{ nav_item.title | striptags | e }}\"""",
        "The label is empty, or missing, where the section is a page; navigation has no such state.",
    ),
    Amendment(
        "partials/nav-item.html",
        """type="checkbox" id="{{ path }}" {{ checked }}>""",
        """type="checkbox" id="{{ path }}" aria-labelledby="{{ path }}_label" {{ checked }}>""",
        "Material's script keeps the state at what the label labels: at the switch now.",
    ),
    Amendment(
        "partials/nav-item.html",
        """<a href="{{ nav_item.url | url }}" class="md-nav__link md-nav__link--active">""",
        """<a href="{{ nav_item.url | url }}" class="md-nav__link md-nav__link--active" aria-current="page">""",
        "The current page is marked for everybody, not by colour alone.",
    ),
    Amendment(
        "partials/nav-item.html",
        """<a href="{{ index.url | url }}" class="md-nav__link {{ class }}">""",
        """<a href="{{ index.url | url }}" class="md-nav__link {{ class }}\""""
        """{% if index == page %} aria-current="page"{% endif %}>""",
        "As above, for a section that is a page.",
    ),
    Amendment(
        "partials/nav-item.html",
        """<a href="{{ nav_item.url | url }}" class="md-nav__link">""",
        """<a href="{{ nav_item.url | url }}" class="md-nav__link"""
        """{% if nav_item.active %} md-nav__link--active{% endif %}\""""
        """{% if nav_item.active %} aria-current="true"{% endif %}>""",
        "A record isn't in the navigation, but the list it belongs to is.",
    ),
    Amendment(
        "partials/toc.html",
        """<label class="md-nav__title" for="__toc">""",
        """<label class="md-nav__title"{% if nav_item is defined %} for="__toc"{% endif %}>""",
        "The switch it belongs to exists beside the table of contents in the navigation only.",
    ),
    # The search
    Amendment(
        "partials/search.html",
        """data-md-component="search" role="dialog">""",
        """data-md-component="search" role="dialog" aria-label="{{ lang.t('search') }}">""",
        "A dialog has a name.",
    ),
    Amendment(
        "partials/search.html",
        """href="javascript:void(0)\"""",
        """href="#\"""",
        "The Content-Security-Policy has no place for scripts in addresses; Material's script handles the click.",
    ),
    Amendment(
        "base.html",
        """ autocomplete="off\"""",
        "",
        "A checkbox cannot have it.",
    ),
    # The language switch
    Amendment(
        "partials/alternate.html",
        """<a href="{{ alt.link | url }}" hreflang="{{ alt.lang }}" class="md-select__link">""",
        """<a href="{{ alt.link | url }}" hreflang="{{ alt.lang }}" lang="{{ alt.lang }}" class="md-select__link\""""
        """{% if alt.current %} aria-current="true"{% endif %}>""",
        "A language's own name is read out in that language, and the current one is marked.",
    ),
)


SCRIPT_AMENDMENTS: tuple[Amendment, ...] = (
    Amendment(
        "assets/javascripts/bundle.*.min.js",
        '"nav",{class:"md-code__nav"}',
        '"div",{class:"md-code__nav"}',
        "The buttons at a block of code are no navigation, and landmarks have names of their own.",
    ),
    Amendment(
        "assets/javascripts/bundle.*.min.js",
        '=a.closest("[id]")',
        '=a.closest(".highlight[id]")',
        "A block of code is named after the element around it, and two blocks in one section got the same name.",
    ),
    Amendment(
        "assets/javascripts/bundle.*.min.js",
        "t.next({type:2,data:i})",
        r"""t.next({type:2,data:i.replace(/(^|[\s"])[-+]+/g,"$1")})""",
        "A parameter that somebody has pasted, `-Identity`, excluded the very articles that have it.",
    ),
)


_THEME = Path(get_theme_dir("material"))
_INDENTATION = re.compile(r"\n\s+")


class AmendedLoader(BaseLoader):
    """Loads templates through another loader and amends them.

    Args:
        loader: where templates come from.
        amendments: what to substitute.
        warn: told of every amendment whose text the template no longer has.
    """

    has_source_access = True

    def __init__(self, loader: BaseLoader, amendments: Sequence[Amendment], warn: Callable[[str], None]) -> None:
        self._loader = loader
        self._amendments = amendments
        self._warn = warn

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's amended source."""
        source, filename, uptodate = self._loader.get_source(environment, template)
        for amendment in self._amendments:
            if amendment.template == template:
                source = _substituted(source, template, amendment, self._warn)
        if filename and Path(filename).is_relative_to(_THEME):
            source = _INDENTATION.sub("\n", source)
        return source, filename, uptodate

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self._loader.list_templates()


def amended_script(
    url: str, content: str, warn: Callable[[str], None], amendments: Sequence[Amendment] = SCRIPT_AMENDMENTS
) -> str | None:
    """The theme's script at `url` as amended; nothing if there is no amendment for it."""
    chosen = [amendment for amendment in amendments if fnmatchcase(url, amendment.template)]
    for amendment in chosen:
        content = _substituted(content, url, amendment, warn)
    return content if chosen else None


def _substituted(source: str, name: str, amendment: Amendment, warn: Callable[[str], None]) -> str:
    if amendment.old not in source:
        warn(f"theme: {name} has changed and is used without this amendment: {amendment.reason}")
    return source.replace(amendment.old, amendment.new)


def amend(
    environment: Environment,
    warn: Callable[[str], None],
    amendments: Sequence[Amendment] = AMENDMENTS,
) -> None:
    """Make a theme's Jinja environment load its templates amended."""
    # A third of a page would be the white space of the theme's templates: their indentation and lines without text.
    environment.trim_blocks = environment.lstrip_blocks = True
    if environment.loader is not None:
        environment.loader = AmendedLoader(environment.loader, amendments, warn)
