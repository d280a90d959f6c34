"""Substitutions in Zensical's templates and scripts: slots where pages differ, and faults mended.

In the new text of a template `@<name@>` is a slot of every page, and `@[name@]` one of shells only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from kb_gen.site.engines.mkdocs.amendments import Amendment

__all__ = ["SCRIPT_AMENDMENTS", "TEMPLATE_AMENDMENTS", "amended", "with_markers"]

_SHELL = "page.meta and page.meta.kb_shell"
_SLOT = "Pages differ here."
_ACTIVE = "Most pages aren't in the navigation, and what they belong to is known when they are filled."


def _hidden(template: str, part: str) -> Amendment:
    return Amendment(
        template,
        f"""{{% set hidden = "hidden" if "{part}" in page.meta.hide %}}""",
        f"""{{% set hidden = "@<hide-{part}@>" if page.meta.kb_shell else """
        f"""("hidden" if "{part}" in page.meta.hide else "") %}}""",
        _SLOT,
    )


def _neighbour(side: str, name: str) -> tuple[Amendment, ...]:
    template = "partials/footer.html"
    return (
        Amendment(
            template,
            f"""        {{% if page.{side}_page %}}\n          {{% set direction = lang.t("footer.{side}") %}}""",
            f"""        @<begin-{name}@>\n          {{% set direction = lang.t("footer.{side}") %}}""",
            _SLOT,
        ),
        Amendment(template, f"{{{{ page.{side}_page.url | url }}}}", f"@<{name}-url@>", _SLOT),
        Amendment(template, f"{{{{ page.{side}_page.title | e }}}}", f"@<{name}-title@>", _SLOT),
        Amendment(template, f"{{{{ page.{side}_page.title }}}}", f"@<{name}-title@>", _SLOT),
    )


TEMPLATE_AMENDMENTS: tuple[Amendment, ...] = (
    # The document
    Amendment(
        "base.html",
        """<html lang="{{ lang.t('language') }}" class="no-js">""",
        """<html lang="@<locale@>" class="no-js" data-root="{{ base_url }}">""",
        "The theme knows fewer languages than the site; the address of the root is here for the script below.",
    ),
    Amendment(
        "partials/javascripts/base.html",
        """__md_scope=new URL("{{ config.extra.scope | d(base_url, true) }}",location)""",
        """__md_scope=new URL(document.documentElement.dataset.root,location)""",
        "A script that is the same on every page needs one hash in the Content-Security-Policy.",
    ),
    Amendment(
        "base.html",
        """<meta name="description" content="{{ page.meta.description }}">""",
        f"""<meta name="description" content="{{% if {_SHELL} %}}@<description@>{{% else %}}"""
        """{{ page.meta.description }}{% endif %}">""",
        _SLOT,
    ),
    Amendment(
        "base.html",
        """\
      {% if page.canonical_url %}
        <link rel="canonical" href="{{ page.canonical_url }}">
      {% endif %}
""",
        "      @<links@>\n",
        "Canonical address and counterparts in other languages differ from page to page.",
    ),
    Amendment(
        "base.html",
        """\
      {% if page.previous_page %}
        <link rel="prev" href="{{ page.previous_page.url | url }}">
      {% endif %}
      {% if page.next_page %}
        <link rel="next" href="{{ page.next_page.url | url }}">
      {% endif %}
      {% if config.extra.alternate is iterable %}
        {% for alt in config.extra.alternate %}
          <link rel="alternate" href="{{ alt.link | url }}" hreflang="{{ alt.lang | d(lang.t('language')) }}">
        {% endfor %}
      {% endif %}
""",
        "",
        "They are among the links above.",
    ),
    Amendment(
        "base.html",
        """<title>{{ page.meta.title }} - {{ config.site_name }}</title>""",
        f"""<title>{{% if {_SHELL} %}}@<document-title@>{{% else %}}"""
        """{{ page.meta.title }} - {{ config.site_name }}{% endif %}</title>""",
        _SLOT,
    ),
    Amendment(
        "base.html",
        """"base": base_url,""",
        """"base": config.extra.locale_root | url,""",
        "Zensical loads the search index from here, and every locale has its own.",
    ),
    Amendment(
        "base.html",
        """ id="__drawer" autocomplete="off\"""",
        """ id="__drawer\"""",
        "A checkbox cannot have it.",
    ),
    Amendment(
        "base.html",
        """ id="__search" autocomplete="off\"""",
        """ id="__search\"""",
        "A checkbox cannot have it.",
    ),
    Amendment(
        "base.html",
        """<label class="md-overlay" for="__drawer" aria-hidden="true"></label>""",
        """<label class="md-overlay" for="__drawer"></label>""",
        "A label cannot be hidden from those who use what it labels.",
    ),
    Amendment(
        "404.html",
        """<h1>404 - Not found</h1>""",
        """@<not-found@>""",
        "The page speaks every language of the site.",
    ),
    Amendment(
        "partials/source.html",
        """ data-md-component="source\"""",
        "",
        "The component asks another host for the repository's stars.",
    ),
    # The header
    Amendment(
        "partials/header.html",
        """{{ page.title }}""",
        """@<begin-page-title@>{{ page.title }}@<end-page-title@>""",
        "The title of a hand-written page is wanted for the navigation.",
    ),
    Amendment(
        "partials/header.html",
        """{{ page.meta.title }}""",
        """@<begin-page-title@>{{ page.meta.title }}@<end-page-title@>""",
        "The title of a hand-written page is wanted for the navigation.",
    ),
    Amendment(
        "partials/alternate.html",
        """\
        {% for alt in config.extra.alternate %}
          <li class="md-select__item">
            <a href="{{ alt.link | url }}" hreflang="{{ alt.lang }}" class="md-select__link">
              {{ alt.name }}
            </a>
          </li>
        {% endfor %}
""",
        "        @<alternates@>\n",
        _SLOT,
    ),
    # The navigation
    Amendment(
        "partials/nav-item.html",
        """\
  {% if nav_item.active %}
    {% set class = class ~ " md-nav__item--active" %}
  {% endif %}
""",
        """  {% set class = class ~ "@<item-" ~ path ~ "@>" %}\n""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """{% elif nav_item.active %}""",
        """{% elif false %}""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """{% set checked = "checked" if nav_item.active %}""",
        """{% set checked = "@<checked-" ~ path ~ "@>" %}""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """{% if "navigation.expand" in features and not checked %}""",
        """{% if "navigation.expand" in features %}""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """\
        {% if item.is_index and _.index is none %}
          {% set _.index = item %}
        {% endif %}
      {% endfor %}
    {% endif %}
    {% set index = _.index %}
    {% if "navigation.tabs" in features %}""",
        """\
        {% if (item.is_index or item.title == "@<section-page@>") and _.index is none %}
          {% set _.index = item %}
        {% endif %}
      {% endfor %}
    {% endif %}
    {% set index = _.index %}
    {% if "navigation.tabs" in features %}""",
        "A section's own page is known by the name of its Markdown file, which generated pages don't have.",
    ),
    Amendment(
        "partials/nav-item.html",
        """{{ render_content(index, nav_item) }}""",
        """{{ render_content(nav_item) }}""",
        "A section and its own page have one title.",
    ),
    Amendment(
        "partials/nav-item.html",
        """{% set class = "md-nav__link--active" if index.active %}""",
        """{% set class = "" %}""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """<a href="{{ index.url | url }}" class="md-nav__link {{ class }}">""",
        """<a href="{{ index.url | url }}" class="md-nav__link@<current-{{ path }}@>">""",
        _ACTIVE,
    ),
    Amendment(
        "partials/nav-item.html",
        """\
    <li class="{{ class }}">
      <a href="{{ nav_item.url | url }}" class="md-nav__link">""",
        """\
    <li class="{{ class }}">
      <a href="{{ nav_item.url | url }}" class="md-nav__link@<current-{{ path }}@>">""",
        _ACTIVE,
    ),
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
        """type="checkbox" id="{{ path }}" aria-label="{{ nav_item.title | striptags | e }}" {{ checked }}>""",
        "The switch has a name even where it has no label.",
    ),
    _hidden("base.html", "navigation"),
    # The table of contents
    _hidden("base.html", "toc"),
    Amendment(
        "base.html",
        """\
                    {% if toc %}
                      <input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">
                      <div class="md-sidebar-button__wrapper">
                        <label class="md-sidebar-button" for="__toc"></label>
                      </div>
                    {% endif %}
""",
        """\
                    {% if toc %}
                      @[begin-contents@]
                      <input class="md-nav__toggle md-toggle" type="checkbox" id="__toc" """
        """aria-label="{{ lang.t('toc') | striptags | e }}">
                      <div class="md-sidebar-button__wrapper">
                        <label class="md-sidebar-button" for="__toc"></label>
                      </div>
                      @[end-contents@]
                    {% endif %}
""",
        "Pages without headings have no table of contents; a switch has a name.",
    ),
    Amendment(
        "partials/toc.html",
        """\
  {% if toc %}
    <label class="md-nav__title" for="__toc">
""",
        """\
  {% if toc %}
    @[begin-contents@]
    <label class="md-nav__title" for="__toc">
""",
        _SLOT,
    ),
    Amendment(
        "partials/toc.html",
        """\
      {% for toc_item in toc %}
        {% include "partials/toc-item.html" %}
      {% endfor %}
    </ul>
""",
        f"""\
      {{% if {_SHELL} %}}
        @<contents-items@>
      {{% else %}}
        {{% for toc_item in toc %}}
          {{% include "partials/toc-item.html" %}}
        {{% endfor %}}
      {{% endif %}}
    </ul>
    @[end-contents@]
""",
        _SLOT,
    ),
    # The article
    Amendment(
        "partials/content.html",
        """{{ page.content }}""",
        f"""{{% if {_SHELL} %}}@<body@>{{% else %}}{{{{ page.content }}}}{{% endif %}}""",
        _SLOT,
    ),
    Amendment(
        "partials/actions.html",
        """\
{% if page.edit_url %}
  {% if "content.action.edit" in features %}
    <a href="{{ page.edit_url }}\"""",
        f"""\
{{% set shell = {_SHELL} %}}
{{% if page.edit_url or shell %}}
  @[begin-edit@]
  {{% if "content.action.edit" in features %}}
    <a href="{{% if shell %}}@<edit-url@>{{% else %}}{{{{ page.edit_url }}}}{{% endif %}}\"""",
        _SLOT,
    ),
    Amendment(
        "partials/actions.html",
        """{% if "/blob/" in page.edit_url %}""",
        """{% if page.edit_url and "/blob/" in page.edit_url %}""",
        "Shells have no such address.",
    ),
    Amendment(
        "partials/actions.html",
        """<a href="{{ page.edit_url | replace(part, '/raw/') }}\"""",
        """<a href="{% if shell %}@<raw-url@>{% else %}{{ page.edit_url | replace(part, '/raw/') }}{% endif %}\"""",
        _SLOT,
    ),
    Amendment(
        "partials/actions.html",
        """\
    </a>
  {% endif %}
{% endif %}
""",
        """\
    </a>
  {% endif %}
  @[end-edit@]
{% endif %}
""",
        _SLOT,
    ),
    # The footer
    Amendment(
        "partials/footer.html",
        """\
    {% if page.previous_page or page.next_page %}
      {% if page.meta and page.meta.hide %}
""",
        """\
    @<begin-neighbours@>
      {% if page.meta and page.meta.hide %}
""",
        _SLOT,
    ),
    _hidden("partials/footer.html", "footer"),
    *_neighbour("previous", "previous"),
    Amendment(
        "partials/footer.html",
        """\
          </a>
        {% endif %}
        {% if page.next_page %}
""",
        """\
          </a>
        @<end-previous@>
        {% if page.next_page %}
""",
        _SLOT,
    ),
    *_neighbour("next", "next"),
    Amendment(
        "partials/footer.html",
        """\
          </a>
        {% endif %}
      </nav>
    {% endif %}
""",
        """\
          </a>
        @<end-next@>
      </nav>
    @<end-neighbours@>
""",
        _SLOT,
    ),
)

_RANKED = "we({handler:Me,size:10})"
# A plugin of the worker, put before the one that cuts results into pages. A word of the query is in `values` as the
# range of terms that begin with it; the first of them is the word itself if it is as long.
_EXACT = """\
(()=>{
let terms;
const weights={terms:4,title:3,path:2};
const exact=({range,value})=>{
if(!range||!(value instanceof W)||!value.data.length)return -1;
const first=value.data[0].start;
return terms[first].value.normalize("NFC").length===range.end-range.start?first:-1};
const score=(words,matches)=>{
const best=words.map(()=>0);
for(const {field,value:{text}}of matches)text.forEach((_,term)=>{words.forEach((word,index)=>{
if(word===term)best[index]=Math.max(best[index],weights[field]||1)})});
return best.reduce((sum,weight)=>sum+weight,0)};
return S({name:"exact",onTextStore(store){terms=store.terms},onTextResult(result){
const words=result.query.values.map(exact);
const scores=new Map(result.items.map(item=>[item,score(words,item.matches)]));
result.items.sort((a,b)=>scores.get(b)-scores.get(a))}})})(),"""
SCRIPT_AMENDMENTS: tuple[Amendment, ...] = (
    Amendment(
        "assets/javascripts/bundle.*.min.js",
        '"nav",{class:"md-code__nav"}',
        '"div",{class:"md-code__nav"}',
        "The buttons at a block of code are no navigation, and landmarks have names of their own.",
    ),
    Amendment(
        "assets/javascripts/bundle.*.min.js",
        'l=e.closest("pre"),c=l.closest("[id]")',
        'l=e.closest("pre"),c=l.closest(".highlight[id]")',
        "A block of code is named after the element around it, and two blocks in one section got the same name.",
    ),
    Amendment(
        "assets/javascripts/workers/search.*.min.js",
        'C("path",n=>n.path,{weight:2})]',
        'C("path",n=>n.path,{weight:2}),C("terms",n=>n.terms,{weight:4})]',
        "Entries have words that are searched but not shown.",
    ),
    Amendment(
        "assets/javascripts/workers/search.*.min.js",
        _RANKED,
        _EXACT + _RANKED,
        "Words are looked up as beginnings only: 1024 would find 10240 just as well.",
    ),
)


def amended(name: str, content: str, amendments: Sequence[Amendment], warn: Callable[[str], None]) -> str:
    """A template or script with its amendments.

    Args:
        name: its path in the theme.
        content: its text as it is.
        amendments: those of all files.
        warn: told of every amendment whose text the file doesn't have.
    """
    for amendment in amendments:
        if fnmatchcase(name, amendment.template):
            if amendment.old not in content:
                warn(f"theme: {name} has changed and is used without this amendment: {amendment.reason}")
            content = content.replace(amendment.old, amendment.new)
    return content


def with_markers(template: str, token: str) -> str:
    """An amended template in which slots have become markers of `token`."""
    for_shells = template.replace("@[", f"{{% if {_SHELL} %}}@<").replace("@]", "@>{% endif %}")
    return for_shells.replace("@<", f"#{token}:").replace("@>", f":{token}#")
