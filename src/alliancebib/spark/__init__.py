"""Deduplication of collections that no single process should hold: the same keys, verdicts and joins, on Spark.

Face: `alliancebib.spark.running.dedupe_collection`, and `alliancebib.spark.session.missing`, which says what this
machine lacks for it. PySpark is an extra and is imported when a session is asked for. Nothing is imported here: every
worker imports this room, and what one step needs is little.
"""
