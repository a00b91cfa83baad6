"""How long the edit loop of policy staff takes, beside what Python takes to import the libraries that it needs.

Prints one JSON line for each command: ``what``, ``seconds`` (the best of the rounds) and ``ratio`` to the import. Run
it on an idle machine, from the root of the checkout: ``.venv/bin/python bench/edit_loop.py [ROUNDS]``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

PYTHON = [sys.executable, "-P"]
LOAD = "from comity import Rulebook; Rulebook.shipped()"
COMMANDS = {
    "import": [*PYTHON, "-c", "import typer, rich, pydantic, durable.engine"],
    "load": [*PYTHON, "-c", LOAD],
    "check": [*PYTHON, "-m", "comity_cli", "check"],
    "test": [*PYTHON, "-m", "comity_cli", "test", "scenarios"],
    "decide": [*PYTHON, "-m", "comity_cli", "decide", "scenarios/documented/microsoft-ireland.yaml"],
}


def best(command: list[str], rounds: int) -> float:
    """The shortest time in seconds of so many rounds."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - begun)
    return min(took)


def main() -> None:
    """Measure every command in turn."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    base = best(COMMANDS["import"], rounds)
    for what, command in COMMANDS.items():
        seconds = best(command, rounds)
        print(json.dumps({"what": what, "seconds": round(seconds, 3), "ratio": round(seconds / base, 2)}), flush=True)


if __name__ == "__main__":
    main()
