"""``python -m alliancebib`` is the command line."""

from alliancebib.cli import main

main()
