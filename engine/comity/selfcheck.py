"""Compares the readings on random cases over a real rulebook: what they say of each must be the same."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from comity.law.case import Case
from comity.law.facts import facts
from comity.law.rulebook import Rulebook
from comity.law.terms import (
    UNKNOWN,
    Answer,
    AssetKind,
    Authority,
    ChannelKind,
    CustodianKind,
    DataCategory,
    Outcome,
    Role,
    Stage,
    SystemRole,
    Term,
    Timing,
    Urgency,
)
from comity.logic.agreement import Readings, ReadingsDisagree, conclusions, differences
from comity.logic.model import Model

BATCH: Final = 500
"""How many cases the columnar reading is given at once."""

FIRST_DAY: Final = date(1999, 1, 1)
"""Cases are decided between this day and LAST_DAY, so that instruments come into force within the range."""
LAST_DAY: Final = date(2028, 12, 31)


@dataclass(frozen=True, slots=True)
class Result:
    """How many cases were decided, how many conclusions compared, and what the disagreements are."""

    cases: int
    compared: int
    disagreements: tuple[ReadingsDisagree, ...]

    def __str__(self) -> str:
        compared = f"{self.compared} conclusions compared between the reference, rete and columnar readings"
        return f"{self.cases} cases, {compared}, {len(self.disagreements)} disagreements"


def run(rulebook: Rulebook, cases: int, seed: int, progress: Callable[[int], None] = lambda done: None) -> Result:
    """Decide *cases* random cases by all readings; *progress* is told how many are done.

    One set of readings serves all cases, so what is asserted and retracted between them is tested as well. The columnar
    reading takes the cases in batches.
    """
    from comity.logic.columnar import Columnar

    readings, columnar = Readings(rulebook.program), Columnar(rulebook.program)
    found: list[ReadingsDisagree] = []
    compared = 0
    batch: list[Model] = []
    for number, case in enumerate(random_cases(rulebook, cases, seed)):
        assert case.as_of is not None
        try:
            batch.append(readings.model(facts(case, rulebook.tables, case.as_of)))
        except ReadingsDisagree as disagreement:
            found.append(disagreement)
        if len(batch) == BATCH or number + 1 == cases:
            found += _compared(columnar.models([model.facts for model in batch]), batch)
            compared += sum(map(conclusions, batch))
            batch = []
        progress(number + 1)
    return Result(cases, readings.compared + compared, tuple(found))


def _compared(found: Sequence[Model], wanted: Sequence[Model]) -> Iterator[ReadingsDisagree]:
    """Where the columnar reading, which *found* something, differs from the others."""
    names = "reference", "columnar"
    for one, other in zip(wanted, found, strict=True):
        differing = differences(one, other, names)
        if differing:
            yield ReadingsDisagree(one, other, differing, names)


def random_cases(rulebook: Rulebook, count: int, seed: int) -> Iterator[Case]:
    """Valid cases that use every relation of the case and have unknown facts anywhere."""
    draw = random.Random(seed)
    states = sorted({row["state"] for row in rulebook.tables.states})
    categories = sorted(rulebook.tables.offences)
    for number in range(count):
        yield _Draw(draw, draw.sample(states, k=draw.randint(2, min(5, len(states)))), categories).case(number)


class _Draw:
    def __init__(self, draw: random.Random, states: Sequence[str], categories: Sequence[str]) -> None:
        self.draw, self.states, self.categories = draw, states, categories

    def state(self) -> str:
        return UNKNOWN if self.draw.random() < 0.15 else self.draw.choice(self.states)

    def some(self, most: int = 2) -> list[str] | str:
        count = self.draw.randint(1, most)
        return UNKNOWN if self.draw.random() < 0.15 else self.draw.sample(self.states, k=min(count, len(self.states)))

    def word(self, words: type[Term]) -> str:
        return str(self.draw.choice(list(words)))

    def day(self, around: date) -> str:
        if self.draw.random() < 0.3:
            return UNKNOWN
        return (around + timedelta(days=self.draw.randint(-4000, 400))).isoformat()

    def several(self, most: int, make: Callable[[str], dict[str, Any]], name: str) -> list[dict[str, Any]]:
        return [make(f"{name}{i}") for i in range(self.draw.randint(0, most))]

    def one(self, parts: list[dict[str, Any]]) -> str:
        return UNKNOWN if not parts or self.draw.random() < 0.2 else str(self.draw.choice(parts)["id"])

    def case(self, number: int) -> Case:
        as_of = FIRST_DAY + timedelta(days=self.draw.randint(0, (LAST_DAY - FIRST_DAY).days))
        offences = self.several(2, lambda i: self.offence(i, as_of), "o")
        persons = self.several(3, self.person, "p")
        custodians = self.several(2, self.custodian, "c")
        data = self.several(3, lambda i: self.data(i, as_of, custodians, persons), "d")
        assets = self.several(1, lambda i: self.asset(i, custodians), "a")
        systems = self.several(2, lambda i: {"id": i, "role": self.word(SystemRole), "located_in": self.state()}, "s")
        things = [*data, *assets, *persons]
        return Case.model_validate_json(
            json.dumps(
                {
                    "case": f"random-{number}",
                    "forum": self.draw.choice(self.states),
                    "authority": self.word(Authority),
                    "as_of": as_of.isoformat(),
                    "stage": self.word(Stage),
                    "urgency": self.word(Urgency),
                    "offences": offences,
                    "persons": persons,
                    "systems": systems,
                    "custodians": custodians,
                    "data": data,
                    "assets": assets,
                    "proceedings": self.several(2, lambda i: self.proceedings(i, persons), "q"),
                    "steps": [self.step(things)] if things and self.draw.random() < 0.2 else [],
                }
            )
        )

    def offence(self, id_: str, as_of: date) -> dict[str, Any]:
        return {
            "id": id_,
            "category": self.draw.choice(self.categories),
            "committed_on": self.day(as_of),
            "conduct_in": self.some(),
            "effects_in": self.some(3),
            "flag_states": self.draw.sample(self.states, k=1) if self.draw.random() < 0.1 else [],
            "organised_group": self.word(Answer),
            "group_elsewhere": self.word(Answer),
            "directed_elsewhere": self.word(Answer),
            "political": self.word(Answer),
            "max_penalty_years": {s: self.draw.randint(1, 15) for s in self.states if self.draw.random() < 0.4},
            "punishable_in": {s: self.word(Answer) for s in self.states if self.draw.random() < 0.3},
        }

    def person(self, id_: str) -> dict[str, Any]:
        return {
            "id": id_,
            "role": self.word(Role),
            "nationality": self.some(),
            "residence": self.state(),
            "whereabouts": self.state(),
        }

    def custodian(self, id_: str) -> dict[str, Any]:
        return {
            "id": id_,
            "kind": self.word(CustodianKind),
            "seat": self.state(),
            "establishments": self.draw.sample(self.states, k=self.draw.randint(0, 2)),
            "offers_services_in": self.draw.sample(self.states, k=self.draw.randint(0, 2)),
        }

    def data(self, id_: str, as_of: date, custodians: list[dict[str, Any]], persons: list[dict[str, Any]]) -> Any:
        return {
            "id": id_,
            "category": self.word(DataCategory),
            "stored_in": self.state(),
            "custodian": self.one(custodians),
            "timing": self.word(Timing),
            "expires_on": self.day(as_of),
            "public": self.word(Answer),
            "consent": self.word(Answer),
            "preserved": self.word(Answer),
            "account_of": self.one(persons),
        }

    def asset(self, id_: str, custodians: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": id_, "kind": self.word(AssetKind), "located_in": self.state(), "custodian": self.one(custodians)}

    def proceedings(self, id_: str, persons: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": id_,
            "state": self.draw.choice(self.states),
            "stage": self.word(Stage),
            "outcome": self.word(Outcome),
            "person": self.one(persons),
            "same_facts": self.word(Answer),
            "enforced": self.word(Answer),
        }

    def step(self, things: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "kind": self.word(ChannelKind),
            "item": self.draw.choice(things)["id"],
            "state": self.draw.choice(self.states),
        }
