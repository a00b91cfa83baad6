"""Check a folder of rules from the command line of Python: ``python -m comity.law.check FOLDER``."""

import sys
from pathlib import Path

from comity.law.rulebook import read

if __name__ == "__main__":
    _, found = read(Path(sys.argv[1]))
    for finding in sorted(found, key=lambda f: f.place):
        print(finding)
    print(f"{len(found)} findings")
