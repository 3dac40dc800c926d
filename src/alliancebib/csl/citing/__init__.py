"""Cites in a document: clusters, positions, sorting, disambiguation, collapsing, and the bibliography's entries."""
