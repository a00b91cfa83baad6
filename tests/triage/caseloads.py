"""Cases as the tables of a caseload, and the rows that decisions on them should be."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from comity import scenario
from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity.diff import caseload
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.logic.agreement import Reference
from comity.selfcheck import random_cases
from comity.triage import schema
from comity.triage.lines import of_case
from comity.triage.rows import positions, row

ROOT = Path(__file__).parents[2]
WORDS = ("authority", "suspect", "content", "police", "mail", "server", "z9", "n1", "n2", "a", "claim")


def table(cases: Iterable[Case]) -> pa.Table:
    """Cases as they are read, whatever the file was."""
    rows = [{"row": number, **of_case(case)} for number, case in enumerate(cases, 1)]
    return pa.Table.from_pylist(rows, schema.told)


def plain(decision: Decision, case: Case, rulebook: Rulebook) -> dict[str, Any]:
    """The row that says what a decision says, but for where it stands and for its digest of facts."""
    ids = ["", *positions(case)]
    told = row(decision, case, rulebook)
    told["items"] = [{"item": ids[i.pop("at")], **i} for i in told["items"]]
    told["replies"] = [
        {"request": ids[r.pop("request_at")], "item": ids[r.pop("item_at")], **r} for r in told["replies"]
    ]
    told["warnings"] = [{**w, "about": ids[at] or w["about"]} for w in told["warnings"] for at in [w.pop("at")]]
    told["undecided"] = sorted(".".join(ids[p["at"]] or p["text"] for p in topic) for topic in told["undecided"])
    told |= {"case": case.case, "as_of": decision.as_of, "rulebook": rulebook.digest}
    return told


def without(told: dict[str, Any], *columns: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in columns}


def counsel(rulebook: Rulebook) -> Counsel:
    return Counsel(rulebook, Reference(rulebook.program))


def varied(rulebook: Rulebook, count: int, seed: int) -> list[Case]:
    """Random cases whose parts have names that mean something elsewhere, some of them asked for from abroad."""
    draw = random.Random(seed)
    return [_varied(case, draw) for case in random_cases(rulebook, count, seed)]


def _varied(case: Case, draw: random.Random) -> Case:
    groups = ("offences", "persons", "systems", "custodians", "data", "assets", "proceedings")
    told = case.model_dump(mode="json")
    names = list(WORDS)
    draw.shuffle(names)
    ids = [part["id"] for group in groups for part in told[group]]
    called = {id_: names[n] if n < len(names) and draw.random() < 0.5 else id_ for n, id_ in enumerate(ids)}
    for group in (*groups, "steps"):
        for part in told[group]:
            for field in ("id", "custodian", "account_of", "person", "item"):
                if part.get(field) in called:
                    part[field] = called[part[field]]
    assert case.as_of is not None
    for offence in told["offences"]:
        if draw.random() < 0.3:  # near the days on which laws of retention and tables turn
            period = draw.choice([0, 60, 90, 180, 365, 730])
            offence["committed_on"] = (case.as_of - timedelta(days=period + draw.randint(-1, 1))).isoformat()
    for item in told["data"]:
        if draw.random() < 0.3:
            days = draw.choice([0, 1, 30, 45, 90, 150, 180, 3650]) + draw.randint(-1, 1)
            item["expires_on"] = (case.as_of + timedelta(days=days)).isoformat()
    things = [part["id"] for group in ("data", "assets", "persons") for part in told[group]]
    if things and draw.random() < 0.3:
        told["direction"] = "incoming"
        states = sorted({case.forum, *(item["stored_in"] for item in told["data"])} - {"unknown"})
        told["requests"] = [
            {
                "id": "asked",
                "asked_by": draw.choice(states),
                "kind": draw.choice(["mla", "direct-order", "expedited-preservation", "unknown"]),
                "addressed_to": draw.choice(["authority", "unknown"]),
                "items": draw.sample(things, k=min(len(things), draw.randint(1, 2))),
                "contains": ["authority"],
                "received_on": (case.as_of - timedelta(days=draw.randint(0, 40))).isoformat(),
            }
        ]
    return Case.model_validate(told, strict=False)


@cache
def worked() -> tuple[tuple[Case, date, tuple[tuple[str, date], ...]], ...]:
    """The case of every scenario, and of some of its variants, its day, and what it supposes to be in force."""
    found = []
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        whole = scenario.read(path)
        for each in (whole, *whole.variants[::8]):
            found.append((each.case, each.as_of, tuple(sorted(each.suppose.items()))))
    return tuple(found)


@cache
def supposing(rulebook_digest: str, supposed: tuple[tuple[str, date], ...]) -> Rulebook:
    known = Rulebook.shipped()
    assert known.digest == rulebook_digest
    return suppose(known, dict(supposed)) if supposed else known


def lines(cases: Sequence[Case], path: Path) -> Path:
    """A JSON Lines file of cases."""
    path.write_text("".join(case.model_dump_json(exclude_defaults=True) + "\n" for case in cases), encoding="utf-8")
    return path


def read_line(text: str) -> Case:
    return caseload.of_line(text.encode(), "line")
