"""The project that files are imported into."""

from __future__ import annotations

__all__ = ["SETTINGS"]

SETTINGS = """\
-- mkdocs.yml --
site_name: Errors
docs_dir: content/pages
theme:
  name: material
plugins:
  - kb-gen:
      locales: [en, de]
-- content/pages/en/about.md --
# About
"""
"""What a bilingual project without records consists of, as `site_trees.write_tree` writes it."""
