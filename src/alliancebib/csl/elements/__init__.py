"""The rendering elements of a style, compiled: one file for each kind, each with the part of CSL 1.0.2 that it is."""
