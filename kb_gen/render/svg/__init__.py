"""Pictures of how much is translated, for pages and read-me files that show SVG images."""

from kb_gen.render.svg.badge import badge
from kb_gen.render.svg.bars import Bar, bars

__all__ = ["Bar", "badge", "bars"]
