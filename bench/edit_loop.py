"""How long the edit loop of policy staff takes, beside what Python takes to import the libraries that it needs.

Prints one JSON line for each command: ``what``, ``seconds`` (the best of the rounds) and ``ratio`` to the import; and
one for ``test`` after a change of one rule, over as many rules as ``--changes`` says, taken at random: ``seconds`` at
the median, at nine tenths and at most. Run it on an idle machine, from the root of the checkout:
``.venv/bin/python bench/edit_loop.py [ROUNDS] [--changes N]``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from comity import Rulebook
from comity.audit.mutation import amendment, mutants_of

PYTHON = [sys.executable, "-P"]
LOAD = "from comity import Rulebook; Rulebook.shipped()"
COMMANDS = {
    "import": [*PYTHON, "-c", "import typer, rich, pydantic, durable.engine"],
    "load": [*PYTHON, "-c", LOAD],
    "check": [*PYTHON, "-m", "comity_cli", "check"],
    "test": [*PYTHON, "-m", "comity_cli", "test", "scenarios", "--fresh"],
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


def after_changes(count: int) -> list[float]:
    """How many seconds ``test`` takes after one fault in a rule, with what passed before it remembered; sorted."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "rules"
        shutil.copytree("rules", folder)
        rulebook = Rulebook.from_folder(folder)
        command = [*PYTHON, "-m", "comity_cli", "test", "scenarios", "--rules", str(folder)]
        environment = {**os.environ, "COMITY_CACHE": str(Path(scratch) / "kept")}

        def run() -> float:
            begun = time.perf_counter()
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
            return time.perf_counter() - begun

        run()
        took: list[float] = []
        chosen = random.Random(1)
        while len(took) < count:
            rule = chosen.choice(rulebook.rules)
            found = [m for m in mutants_of(rulebook, {rule.id}) if not m.gone and m.over is None]
            mutant = chosen.choice(found) if found else None
            if mutant is None or amendment(rulebook, mutant) is None:
                continue
            path = Path(rule.place.file)
            before = path.read_text(encoding="utf-8")
            text = mutant.rule
            path.write_text(text.file[: text.start] + mutant.text + text.file[text.end :], encoding="utf-8")
            took.append(run())
            path.write_text(before, encoding="utf-8")
            run()
        return sorted(took)


def main() -> None:
    """Measure every command in turn, then changes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rounds", nargs="?", type=int, default=3)
    asked.add_argument("--changes", type=int, default=15)
    told = asked.parse_args()
    base = best(COMMANDS["import"], told.rounds)
    for what, command in COMMANDS.items():
        seconds = best(command, told.rounds)
        print(json.dumps({"what": what, "seconds": round(seconds, 3), "ratio": round(seconds / base, 2)}), flush=True)
    if told.changes:
        took = after_changes(told.changes)
        places = {"median": len(took) // 2, "nine_tenths": len(took) * 9 // 10, "most": -1}
        seconds = {name: round(took[place], 3) for name, place in places.items()}
        ratio = round(took[len(took) // 2] / base, 2)
        print(json.dumps({"what": "test after a change", "seconds": seconds, "ratio": ratio}), flush=True)


if __name__ == "__main__":
    main()
