"""What one case costs: ``comity decide`` as a process, and a decision within a process that is warm.

The process is measured beside the import of the libraries that it needs, in turns; the decisions on scenarios by what
they consist of, with both readings, as advice has it, and with the reference reading alone. Prints JSON lines. Run it
on an idle machine, from the root of the checkout: ``.venv/bin/python bench/one_case.py --out results.jsonl``.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from measure import Report

from comity.decision import opinion
from comity.decision.draft import Draft
from comity.decision.reasons import Reasons
from comity.law import compiled
from comity.law.rulebook import Rulebook
from comity.logic import reference
from comity.logic.rete import Rete
from comity.scenario import Scenario, find, read

ROOT = Path(__file__).parents[1]
CASE = "scenarios/documented/microsoft-ireland.yaml"
LIBRARIES = "import typer, rich, pydantic, durable.engine"
PRINTING = f"{LIBRARIES}, yaml, rich.console, rich.table"
COMMAND = (
    "app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)\n"
    "app.command()(lambda: None)\n"
    "app.command('b')(lambda: None)\n"
    "app(['b'])\n"
)
MODEL = "class Model(pydantic.BaseModel):\n    number: int\nModel(number=1)\n"
PROCESSES = {
    "import of the libraries": f"{LIBRARIES}\n",
    "a model of one number": f"{LIBRARIES}\n{MODEL}",
    "the same, and a command that does nothing": f"{LIBRARIES}\n{MODEL}{COMMAND}",
    "the same, with YAML to read and a table to print": f"{PRINTING}\n{MODEL}{COMMAND}",
    "the same, with the models of a case and of a decision": (
        f"{PRINTING}, comity.law.case, comity.decision.model\n{COMMAND}"
    ),
}

T = TypeVar("T")


def processes(report: Report, rounds: int) -> None:
    """The processes, one after the other in each round; the best of each."""
    best: dict[str, float] = {}
    commands = {what: ["-c", text] for what, text in PROCESSES.items()}
    commands["decide"] = ["-m", "comity_cli", "decide", CASE]
    for _ in range(rounds):
        for what, arguments in commands.items():
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-P", *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            best[what] = min(best.get(what, 1e9), time.perf_counter() - begun)
    base = best["import of the libraries"]
    for what, seconds in best.items():
        report.line(what=what, milliseconds=1000 * seconds, ratio=seconds / base)


def decisions(report: Report, rulebook: Rulebook, scenarios: list[Scenario]) -> None:
    """The parts of a decision on each scenario; the median of each part, and of all together."""
    rete = Rete(rulebook.program)
    took: dict[str, list[float]] = defaultdict(list)

    def timed(what: str, make: Callable[[], T]) -> T:
        begun = time.perf_counter()
        made = make()
        took[what].append(time.perf_counter() - begun)
        return made

    for warm in (True, False):
        took.clear()
        for scenario in scenarios[:20] if warm else scenarios:
            case, day = scenario.case, scenario.as_of
            given = timed("facts", lambda: opinion.stated(case, day, rulebook, {}))  # noqa: B023
            model = timed("reference", lambda: reference.model(rulebook.program, given))  # noqa: B023
            timed("rete", lambda: rete.model(given))  # noqa: B023
            timed("advice", lambda: Draft(case, day, Reasons(rulebook, model), {}, ()).decision)  # noqa: B023
    sums = {
        "by both readings": ("facts", "reference", "rete", "advice"),
        "by the reference reading": ("facts", "reference", "advice"),
    }
    for what, parts in sums.items():
        took[what] = [sum(each) for each in zip(*(took[part] for part in parts), strict=True)]
    whole = statistics.median(took["by both readings"])
    for what, seconds in took.items():
        median = statistics.median(seconds)
        report.line(what=what, milliseconds=1000 * median, share=median / whole, cases=len(seconds))


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="a file of JSON lines to add to")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=200, help="how many scenarios")
    arguments = parser.parse_args()
    report = Report("one_case", arguments.out)
    processes(report, arguments.rounds)
    files = [read(path) for path in find([ROOT / "scenarios"])]
    every = [one for file in files for one in (file, *file.variants) if not one.suppose and not one.case.requests]
    rulebook = compiled.rulebook()
    gc.freeze()
    decisions(report, rulebook, random.Random(1).sample(every, min(arguments.sample, len(every))))


if __name__ == "__main__":
    main()
