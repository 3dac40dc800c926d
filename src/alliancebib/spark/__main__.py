"""``python -m alliancebib.spark INPUT... -o FOLDER``, and what spark-submit is given: one run in its session."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from alliancebib.config import Settings
from alliancebib.decisions import load_decisions
from alliancebib.errors import AllianceBibError
from alliancebib.spark.running import FORMATS, dedupe_collection


def main() -> int:
    """Run once; give the exit code: 0 fine, 2 usage, 3 Spark gave up."""
    parser = argparse.ArgumentParser(prog="alliancebib.spark", description="Deduplicate a collection with Spark.")
    parser.add_argument("places", metavar="INPUT", nargs="+", help="JSON lines or Parquet: files, folders, addresses.")
    parser.add_argument("-o", "--output", required=True, metavar="FOLDER", help="Where the result goes.")
    parser.add_argument("--preset", choices=["strict", "balanced", "relaxed"], default="balanced")
    parser.add_argument("--decisions", type=Path, default=Path("decisions.toml"), help="What people decided.")
    parser.add_argument("--versions", choices=["link", "merge"], default="link", help="A preprint and its article.")
    parser.add_argument("--to", choices=sorted(FORMATS), default="jsonl", help="The format of the output.")
    parser.add_argument("--partitions", type=int, default=0, help="In how many parts the work is done.")
    parser.add_argument("--spark-master", default="", help="Else what spark-submit or Spark's settings say.")
    given = parser.parse_args()
    try:
        found = dedupe_collection(
            given.places,
            given.output,
            master=given.spark_master,
            decisions=load_decisions(given.decisions),
            preset=given.preset,
            versions=given.versions,
            rules=Settings().rules,
            to=given.to,
            partitions=given.partitions,
        )
    except AllianceBibError as problem:
        sys.stderr.write(f"alliancebib: {problem}\n{problem.help}\n")
        return problem.exit_code
    sys.stderr.write(
        f"Read {found.read}, could not read {found.unread}; {found.left} works are left, "
        f"{found.clusters} clusters joined, {found.doubtful} pairs for you to decide: {given.output}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
