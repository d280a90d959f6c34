"""An article as HTML: its headings, facts and sections."""

from __future__ import annotations

from kb_gen.document import Article, Section, Words
from kb_gen.render.html.blocks import blocks_html
from kb_gen.render.html.escaping import Html, escaped
from kb_gen.render.html.inlines import Href, words_html

__all__ = ["TOP", "article_html", "banner_html"]

TOP = "top"
"""The id of an article's first heading."""


def article_html(article: Article, href: Href, banner: Html | None = None) -> Html:
    """The article's body, starting with its `<h1>`.

    Args:
        article: the article.
        href: gives the URLs of links.
        banner: what stands in the place of the article's banner.
    """
    if banner is None:
        banner = banner_html(article.banner, article.coverage.share, href) if article.banner else ""
    parts = [f'<h1 id="{TOP}">{escaped(article.title)}</h1>\n', _facts(article, href), banner]
    if article.summary:
        parts.append(f'<p class="kb-summary">{words_html(article.summary, href)}</p>\n')
    parts.append(blocks_html(article.notes, href))
    parts += [_section(section, 2, href) for section in article.sections]
    parts.append("\n")
    if article.closing:
        parts.append(f'<footer class="kb-closing">{blocks_html(article.closing, href)}</footer>\n')
    return "".join(parts)


def _facts(article: Article, href: Href) -> Html:
    if not (article.severity or article.symbolic_name or article.modified):
        return ""
    parts = []
    if article.severity:
        key, word = article.severity
        parts.append(f'<span class="kb-severity" data-severity="{escaped(key)}">{words_html(word, href)}</span> ')
    if article.symbolic_name:
        parts.append(f'<code class="kb-symbol" translate="no">{escaped(article.symbolic_name)}</code> ')
    if article.modified:
        label = words_html(article.modified_label, href) if article.modified_label else ""
        parts.append(f'<span class="kb-modified"><time datetime="{article.modified.isoformat()}">{label}</time></span>')
    return f'<p class="kb-facts">{"".join(parts)}</p>\n'


def banner_html(words: Words, share: float, href: Href) -> Html:
    """The banner that says how much of an article, as a share of 1, is translated."""
    return (
        f'<div class="kb-banner" role="note" data-translated="{share:.2f}">'
        '<svg class="kb-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{share * 100:.1f}" height="8"/></svg><p>{words_html(words, href)}</p></div>\n'
    )


def _section(section: Section, level: int, href: Href) -> Html:
    inner = "".join([_section(inner, level + 1, href) for inner in section.sections])
    heading = f'<h{level} id="{escaped(section.anchor)}">{words_html(section.title, href)}</h{level}>'
    return f"\n{heading}\n{blocks_html(section.blocks, href)}{inner}"
