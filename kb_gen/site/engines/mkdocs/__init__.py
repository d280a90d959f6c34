"""Pages in the frame of MkDocs and Material, without MkDocs' price a page.

Record pages of one locale differ in a handful of places. So the real theme renders one *shell* for each layout,
with markers where pages differ (`shells`), and every page of that layout is the shell's pieces joined with its own
parts. A test holds the engine to its promise: the bytes are those that `mkdocs build` writes for the same parts.

What Material's templates get wrong for such a site (accessibility, valid HTML, several locales in one site) is
mended by small named substitutions while they are loaded (`amendments`), never by copies of them. Hand-written
Markdown pages go through MkDocs as they always did (`handwritten`), with the plugins that the user configured.

Plugins see each shell once, not each record page: `on_page_context` and `on_post_page` are called with the markers
in place. Plugins that add or write pages of their own (`on_post_build`) are not run.

What the theme has rendered is kept for the next build (`kept_frame`), which then needs neither theme nor MkDocs. So
nothing here imports them before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb_gen.late import late_names

if TYPE_CHECKING:
    from kb_gen.site.engines.mkdocs.amendments import Amendment, amend
    from kb_gen.site.engines.mkdocs.engine import MkDocsEngine
    from kb_gen.site.engines.mkdocs.kept_frame import frame_stands, kept_engine
    from kb_gen.site.engines.mkdocs.shells import ShellError

__all__ = ["Amendment", "MkDocsEngine", "ShellError", "amend", "frame_stands", "kept_engine"]

__getattr__ = late_names(
    __name__,
    {
        "Amendment": "amendments",
        "MkDocsEngine": "engine",
        "ShellError": "shells",
        "amend": "amendments",
        "frame_stands": "kept_frame",
        "kept_engine": "kept_frame",
    },
)
