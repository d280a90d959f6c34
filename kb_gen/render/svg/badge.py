"""A badge: what is translated on the left, how much of it on the right."""

from __future__ import annotations

from kb_gen.render.html import Html
from kb_gen.render.svg.lettering import FONTS, lettering, width_of

__all__ = ["badge"]

_HEIGHT, _SIZE, _PADDING = 20, 11, 6
_LABEL = "#4a5560"
# White text has a contrast of at least 4.5 : 1 on each of these.
_COMPLETE, _MOST, _LITTLE = "#23774a", "#85600a", "#b3361f"
_MANY = 0.75


def badge(label: str, share: float, written: str, title: str) -> Html:
    """An SVG picture, 20 pixels high.

    Args:
        label: what stands on the left.
        share: the translated share of 1, which gives the colour.
        written: how the share is written, on the right.
        title: what is read to those who don't see it.
    """
    colour = _COMPLETE if share >= 1 else _MOST if share >= _MANY else _LITTLE
    left, right = (round(width_of(text, _SIZE)) + 2 * _PADDING for text in (label, written))
    width = left + right
    texts = "".join(
        f'<text x="{x:g}" y="14" textLength="{length - 2 * _PADDING}" lengthAdjust="spacingAndGlyphs">'
        f"{lettering(text)}</text>"
        for text, x, length in ((label, left / 2, left), (written, left + right / 2, right))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}" '
        f'role="img" aria-label="{lettering(title)}">\n<title>{lettering(title)}</title>\n'
        f'<rect width="{width}" height="{_HEIGHT}" rx="3" fill="{colour}"/>\n'
        f'<path fill="{_LABEL}" d="M{left} 0H3a3 3 0 0 0-3 3v{_HEIGHT - 6}a3 3 0 0 0 3 3h{left - 3}z"/>\n'
        f'<g aria-hidden="true" fill="#fff" font-family="{FONTS}" font-size="{_SIZE}" text-anchor="middle">'
        f"{texts}</g>\n"
        "</svg>\n"
    )
