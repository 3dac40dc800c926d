"""The Citation Style Language: styles by name, references as CSL-JSON items, citations and bibliographies as text.

Face: `load_style`, `style_names`, `format_references`, `cite_references`, `to_csl`, `from_csl`.
"""
