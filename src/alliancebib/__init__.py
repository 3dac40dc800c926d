"""Turn lists of literature, news and links into a bibliography that can be trusted."""

__version__ = "0.1.0"
