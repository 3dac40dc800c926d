"""Sphinx settings: MyST pages, furo's theme, the reference from docstrings."""

from alliancebib import __version__

project = "alliancebib"
author = "The alliancebib authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"alliancebib {version}"
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
default_role = "any"
suppress_warnings = ["ref.any", "myst.xref_missing"]
