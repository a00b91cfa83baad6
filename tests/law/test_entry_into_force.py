"""What changes on the day that a treaty enters into force stands in the tables alone: its rules wait for the dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.decision.opinion import Counsel
from comity.law.case import Case
from comity.law.rulebook import Rulebook

FIRST_DAY = date(2031, 3, 1)
HEADER = "state,status,signed,bound,in_force,until,reservations,verified,note,source,as_of\n"
CASE = """\
case: later
forum: BR
authority: prosecutor
stage: investigation
offences:
  - id: intrusion
    category: illegal-access
    committed_on: 2031-01-10
    effects_in: [BR]
    organised_group: no
    punishable_in: {BR: yes, KH: yes}
custodians:
  - {id: provider, kind: provider, seat: KH, establishments: [KH]}
data:
  - {id: log, category: %s, stored_in: KH, custodian: provider, public: no, consent: no}
"""


def status(folder: Path, instrument: str, category: str, day: date, reservation: str = "") -> dict[str, str]:
    """Channels to Cambodia by kind, had both states joined *instrument* with effect from the first day."""
    (folder / "tables" / "parties").mkdir(parents=True)
    rows = "".join(
        f"{state},party,,,{FIRST_DAY},,{reservation},no,for this test,for this test,\n" for state in ("BR", "KH")
    )
    (folder / "tables" / "parties" / f"{instrument}.csv").write_text(HEADER + rows)
    (folder / "changes.yaml").write_text(f"- replace: tables/parties/{instrument}.csv\n  reason: for this test\n")
    decision = Counsel(Rulebook.from_folder(folder)).opinion(Case.from_text(CASE % category), day).decision
    return {channel.kind: channel.status for channel in decision.item("log").channels if channel.state == "KH"}


@pytest.mark.parametrize(
    ("instrument", "category", "kinds"),
    [
        ("uncc", "traffic", {"mla", "expedited-preservation", "expedited-disclosure", "joint-investigation-team"}),
        ("budapest-protocol-2", "subscriber", {"production-order", "mla", "joint-investigation-team"}),
    ],
)
def test_the_rules_of_a_treaty_wait_for_the_dates_in_its_table(tmp_path, instrument, category, kinds):
    eve = status(tmp_path / "eve", instrument, category, date(2031, 2, 28))
    first = status(tmp_path / "first", instrument, category, FIRST_DAY)
    assert {kind for kind in first if first[kind] == "offered" and eve[kind] != "offered"} == kinds
    assert {kind for kind in kinds if eve[kind] == "offered"} == set()


def test_a_party_that_reserved_article_7_is_sent_no_order(tmp_path):
    assert status(tmp_path, "budapest-protocol-2", "subscriber", FIRST_DAY, "7(9)(a)")["production-order"] == "refused"
