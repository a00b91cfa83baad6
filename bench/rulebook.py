"""The real rulebook in regorus, beside the readings of the kernel, on the same random cases.

The rules are written as a Rego policy (``rego.py``); first every engine must give the same conclusions and reasons.
Prints one JSON line for each engine: cases a second and the ratio to regorus within this run. The columnar reading is
measured with batches of several sizes, because most of the time of a small batch goes into planning its queries.

Run it on an idle machine, from the root of the checkout: ``.venv/bin/python bench/rulebook.py --out results.jsonl``.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import opa_eval
import rego
from measure import Report, peak_memory, timed

from comity import Rulebook
from comity.law.facts import facts
from comity.logic import reference
from comity.logic.columnar import Columnar
from comity.logic.rete import Rete
from comity.logic.terms import Literal
from comity.selfcheck import random_cases

FEW = 100
"""How many cases the engines decide that take them one by one."""


def main() -> None:
    """Check that all answers are the same, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=10_000, help="the size of the largest batch")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many rounds counts")
    parser.add_argument("--threads", type=int, default=2, help="processors of the columnar reading")
    parser.add_argument("--out", type=Path, help="a file to which results are added, as JSON lines")
    asked = parser.parse_args()
    report = Report("rulebook", asked.out)
    rulebook = Rulebook.shipped()
    program = rulebook.program
    worlds: list[frozenset[Literal]] = []
    for case in random_cases(rulebook, asked.cases, seed=1):
        assert case.as_of is not None
        worlds.append(facts(case, rulebook.tables, case.as_of))
    few = worlds[:FEW]

    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "rulebook.rego"
        policy.write_text(rego.policy(program), encoding="utf-8")
        regorus = opa_eval.OpaEval(str(policy), rego.data(program), "data.rulebook.answer")
    texts = [rego.case(program, world) for world in few]
    rete, columnar = Rete(program), Columnar(program, threads=asked.threads)

    models = [reference.model(program, world) for world in few]
    wanted = [rego.of_model(program, model) for model in models]
    checks = {
        "regorus": [rego.answer(regorus.evaluate_parsed(text)) for text in texts] == wanted,
        "rete": [rego.of_model(program, rete.model(world)) for world in few] == wanted,
        "columnar": [rego.of_model(program, model) for model in columnar.models(few)] == wanted,
    }
    wrong = [engine for engine, same in checks.items() if not same]
    if wrong:
        raise SystemExit(f"not the answer of the reference reading: {', '.join(wrong)}")
    firings = sum(len(fires) for _, fires in wanted) / len(few)
    report.line(what="same answers", engines=["reference", *checks], cases=len(few), firings_per_case=firings)

    def each(run: Callable[[Any], Any], over: Sequence[Any]) -> Callable[[], None]:
        def work() -> None:
            for one in over:
                run(one)

        return work

    def columns(batch: Sequence[frozenset[Literal]]) -> Callable[[], None]:
        return lambda: [*columnar.answer(batch).firings()] and None

    engines: dict[str, tuple[int, Callable[[], Any]]] = {
        "regorus": (len(few), each(regorus.evaluate_parsed, texts)),
        "reference": (len(few), each(lambda world: reference.model(program, world), few)),
        "rete": (len(few), each(rete.model, few)),
    }
    for size in itertools.takewhile(lambda size: size <= len(worlds), (1, 100, 1_000, 10_000, 100_000)):
        engines[f"columnar, batch of {size}"] = size, columns(worlds[:size])
    engines[f"columnar, models of {len(worlds[:1000])}"] = 1_000, lambda: columnar.models(worlds[:1000])
    best: dict[str, float] = {}
    work_of: dict[str, float] = {}
    for _ in range(asked.rounds):
        for engine, (count, work) in engines.items():
            seconds, processor, _ = timed(work)
            best[engine] = max(best.get(engine, 0.0), count / seconds)
            work_of[engine] = max(work_of.get(engine, 0.0), count / processor)
    for engine, rate in best.items():
        report.line(
            what=engine,
            cases=engines[engine][0],
            cases_per_second=rate,
            to_regorus=rate / best["regorus"],
            to_regorus_by_processor_time=work_of[engine] / work_of["regorus"],
        )
    report.line(what="memory", peak_gib=peak_memory())


if __name__ == "__main__":
    main()
