"""Sphinx' configuration for both languages; the command line tells which."""

project = "Synthetic events"
extensions = ["myst_parser"]
html_theme = "sphinx_rtd_theme"
html_theme_options = {"collapse_navigation": True, "navigation_depth": 2}
html_baseurl = "https://events.example.com/"
html_copy_source = False
html_show_sphinx = False
templates_path = ["_templates"]
