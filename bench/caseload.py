"""Writes the caseload of a national centre: as many cases as wanted, the same for the same seed.

    .venv/bin/python bench/caseload.py 100000 cases.parquet
    .venv/bin/python bench/caseload.py 10000 cases.jsonl --different

A centre sees the same few constellations over and over: mail in Ireland with a provider in the United States, calls
from a scam compound, money in a mule account. Every case has names and days of its own; which constellation it is
follows Zipf's law. With ``--different`` no two cases are alike.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from comity.triage.schema import cases

TODAY: Final = date(2026, 3, 1)
FORUM: Final = "CN"
CONSTELLATIONS: Final = 400
"""How many different constellations a centre sees; their frequencies fall as 1, 1/2, 1/3, ..."""
AT_ONCE: Final = 10_000

_CATEGORIES: Final = (
    ("cyber-fraud", 50),
    ("illegal-access", 8),
    ("cyber-gambling", 12),
    ("online-extortion", 6),
    ("online-child-sexual-abuse-material", 5),
    ("laundering-of-proceeds", 8),
    ("online-theft", 6),
    ("data-interference", 3),
    ("drug-trafficking-online", 2),
)
_FROM: Final = (("KH", 20), ("MM", 22), ("PH", 10), ("LA", 8), ("TH", 5), ("MY", 6), ("AE", 4), ("NG", 3), ("RU", 3))
_PROVIDERS: Final = (("US", 50), ("CN", 20), ("SG", 12), ("IE", 6), ("JP", 4), ("DE", 4), ("NL", 4))
_STORED: Final = (("unknown", 25), ("US", 25), ("CN", 15), ("IE", 10), ("SG", 12), ("NL", 5), ("DE", 4), ("JP", 4))
_VICTIMS: Final = (("CN", 85), ("SG", 4), ("MY", 4), ("US", 4), ("AU", 3))
_URGENCY: Final = (("routine", 70), ("urgent", 25), ("emergency", 5))
_ITEM: Final = (("content", 35), ("subscriber", 30), ("traffic", 25), ("financial-records", 10))


class _Draw:
    def __init__(self, seed: int | str) -> None:
        self.random = random.Random(seed)

    def one(self, of: tuple[tuple[str, int], ...]) -> str:
        return self.random.choices([word for word, _ in of], [weight for _, weight in of])[0]

    def some(self, of: tuple[tuple[str, int], ...], most: int) -> list[str]:
        return sorted({self.one(of) for _ in range(self.random.randint(1, most))} - {"unknown"})

    def chance(self, share: float) -> bool:
        return self.random.random() < share


def _constellation(seed: str) -> dict[str, Any]:
    """A case without names and days; what is told by state is a list of pairs."""
    draw = _Draw(seed)
    abroad = draw.some(_FROM, 2)
    persons = [
        {"role": "suspect", "nationality": [draw.one(_VICTIMS)], "residence": None, "whereabouts": draw.one(_FROM)},
        {"role": "victim", "nationality": [draw.one(_VICTIMS)], "residence": "CN", "whereabouts": None},
    ]
    custodians = [
        {"kind": "provider", "seat": draw.one(_PROVIDERS), "establishments": [], "offers_services_in": [FORUM]}
        for _ in range(1 + draw.chance(0.3))
    ]
    data = [
        {
            "category": draw.one(_ITEM),
            "stored_in": None if (place := draw.one(_STORED)) == "unknown" else place,
            "custodian": draw.random.randrange(len(custodians)),
            "expires": draw.chance(0.3),
            "preserved": "yes" if draw.chance(0.1) else None,
        }
        for _ in range(draw.random.choices([1, 2, 3], [60, 30, 10])[0])
    ]
    money = draw.chance(0.35)
    return {
        "authority": "police",
        "urgency": draw.one(_URGENCY),
        "stage": "investigation",
        "category": draw.one(_CATEGORIES),
        "conduct_in": abroad,
        "effects_in": draw.some(_VICTIMS, 2),
        "organised_group": "yes" if draw.chance(0.5) else None,
        "max_penalty_years": [(FORUM, draw.random.choice([3, 10, 14]))],
        "persons": persons if draw.chance(0.8) else persons[1:],
        "custodians": custodians,
        "data": data,
        "assets": [{"kind": "mule-account", "located_in": draw.one(_FROM)}] if money else [],
        "dated": draw.chance(0.8),
    }


def caseload(count: int, seed: int, different: bool = False) -> Iterator[dict[str, Any]]:
    """So many cases, in the columns of a caseload."""
    draw = _Draw(seed)
    known = [_constellation(f"{seed}/{number}") for number in range(CONSTELLATIONS)]
    reached = list(accumulate(1 / rank for rank in range(1, CONSTELLATIONS + 1)))
    for number in range(1, count + 1):
        if different:
            made = _constellation(f"{seed}/different/{number}")
        else:
            made = known[min(bisect(reached, draw.random.random() * reached[-1]), CONSTELLATIONS - 1)]
        yield _case(number, made, draw, different)


def _case(number: int, made: dict[str, Any], draw: _Draw, different: bool) -> dict[str, Any]:
    days = draw.random.randint
    act = TODAY - timedelta(days=days(3, 500))
    offence = {name: made[name] for name in ("category", "conduct_in", "effects_in", "organised_group")}
    penalties = made["max_penalty_years"]
    if different:  # the years of states that matter to nobody tell each case from all others
        penalties = [
            *penalties,
            *((state, number // 201**place % 201) for place, state in enumerate(("IS", "MT", "LU"))),
        ]
    custodians = [{"id": f"provider-{n}-{number % 97}", **c} for n, c in enumerate(made["custodians"])]
    data = []
    for place, item in enumerate(made["data"]):
        told = {name: item[name] for name in ("category", "stored_in", "preserved")}
        expires = TODAY + timedelta(days=days(-5, 200)) if item["expires"] else None
        holder = custodians[item["custodian"]]["id"]
        data.append({"id": f"item-{place}-{number % 89}", **told, "custodian": holder, "expires_on": expires})
    return {
        "case": f"referral-{number}",
        "title": f"Referral {number} of the day",
        "forum": FORUM,
        **{name: made[name] for name in ("authority", "urgency", "stage")},
        "offences": [
            {"id": "act", **offence, "max_penalty_years": penalties, "committed_on": act if made["dated"] else None}
        ],
        "persons": [{"id": f"person-{n}", **p} for n, p in enumerate(made["persons"])],
        "custodians": custodians,
        "data": data,
        "assets": [{"id": f"money-{n}", **a} for n, a in enumerate(made["assets"])],
    }


def tables(count: int, seed: int, different: bool = False) -> Iterator[pa.Table]:
    """The cases in tables of :data:`AT_ONCE` rows."""
    some: list[dict[str, Any]] = []
    for case in caseload(count, seed, different):
        some.append(case)
        if len(some) == AT_ONCE:
            yield pa.Table.from_pylist(some, cases)
            some = []
    if some:
        yield pa.Table.from_pylist(some, cases)


def write(path: Path, count: int, seed: int = 0, different: bool = False) -> Path:
    """Write the cases to a file, Parquet or JSON Lines by its name."""
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, cases, compression="zstd") as writer:
            for table in tables(count, seed, different):
                writer.write_table(table)
        return path
    import json

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(v) for name, v in value.items() if v is not None}
        if isinstance(value, list):
            return dict(value) if value and isinstance(value[0], tuple) else [plain(v) for v in value]
        return value.isoformat() if isinstance(value, date) else value

    with path.open("w", encoding="utf-8") as lines:
        for case in caseload(count, seed, different):
            lines.write(json.dumps(plain(case), separators=(",", ":")) + "\n")
    return path


def main() -> None:
    """Write a caseload."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path, help="a file .parquet or .jsonl")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--different", action="store_true", help="no two cases are alike")
    given = parser.parse_args()
    write(given.path, given.count, given.seed, given.different)


if __name__ == "__main__":
    main()
