"""Cases that are alike in everything that matters have one signature, and nothing else has."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from caseloads import counsel, plain, supposing, table, varied, without, worked
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.triage.chunk import Decider
from comity.triage.deciding import Deciding

DAY = date(2026, 3, 1)
BOOK: list[Rulebook] = []

CASE = """
case: harbour
forum: CN
as_of: 2026-03-01
offences: [{id: fraud, category: cyber-fraud, committed_on: 2026-02-01, conduct_in: [KH, TH], effects_in: [CN]}]
persons: [{id: caller, role: suspect, nationality: [CN], whereabouts: KH}]
custodians: [{id: mailer, kind: provider, seat: US}]
data: [{id: mailbox, category: content, stored_in: IE, custodian: mailer, expires_on: 2026-04-01}]
"""


@pytest.fixture(scope="module")
def decider(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Decider:
    folder = tmp_path_factory.mktemp("decided")
    return Decider(rulebook, None, DAY, folder / "store", folder)


def signatures(decider: Decider, *cases: Case) -> list[str]:
    decider.sql.register("told", table(cases))
    query = f"SELECT signature FROM ({decider.signature.query('told')}) ORDER BY row"
    return [signature for (signature,) in decider.sql.execute(query).fetchall()]


def changed(old: str, new: str) -> Case:
    assert old in CASE
    return Case.from_text(CASE.replace(old, new))


def alike(decider: Decider, old: str, new: str) -> bool:
    one, other = signatures(decider, Case.from_text(CASE), changed(old, new))
    return one == other


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("case: harbour", "case: another"),
        ("case: harbour", "case: harbour\ntitle: A harbour"),
        ("id: mailbox", "id: inbox"),
        ("id: mailbox", "id: mailbox, description: his mail"),
        ("mailer", "provider-7"),
        ("[KH, TH]", "[TH, KH]"),
        ("committed_on: 2026-02-01", "committed_on: 2026-02-02"),
        ("expires_on: 2026-04-01", "expires_on: 2026-04-02"),
    ],
)
def test_what_nothing_looks_at_makes_no_other_case(decider: Decider, old: str, new: str) -> None:
    assert alike(decider, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("forum: CN", "forum: US"),
        ("as_of: 2026-03-01", "as_of: 2026-03-02"),
        ("stored_in: IE", "stored_in: unknown"),
        ("[KH, TH]", "[KH]"),
        ("category: content", "category: traffic"),
        ("committed_on: 2026-02-01", "committed_on: 2006-02-01"),
        ("committed_on: 2026-02-01, ", ""),
        ("expires_on: 2026-04-01", "expires_on: 2026-03-02"),
        ("expires_on: 2026-04-01", "expires_on: 2026-02-27"),
        ("custodian: mailer", "custodian: unknown"),
    ],
)
def test_what_matters_makes_another_case(decider: Decider, old: str, new: str) -> None:
    assert not alike(decider, old, new)


def test_an_id_that_rules_name_keeps_its_meaning(decider: Decider) -> None:
    """A request may go to ``authority``; a custodian of that name is not like any other."""
    assert not alike(decider, "mailer", "authority")


def test_a_signature_is_a_case_that_gets_the_same_signature(decider: Decider) -> None:
    (signature,) = signatures(decider, Case.from_text(CASE))
    assert signatures(decider, Case.model_validate_json(signature)) == [signature]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_case_is_decided_as_what_stands_for_it(seed: int) -> None:
    book = Rulebook.shipped() if not BOOK else BOOK[0]
    BOOK[:] = [book]
    cases = varied(book, 25, seed)
    with tempfile.TemporaryDirectory() as folder:
        found = Decider(book, None, DAY, Path(folder) / "store", Path(folder)).decide(table(cases))
    assert not found.refused.num_rows, found.refused.to_pylist()
    alone = counsel(book)
    for case, told in zip(cases, found.decisions.to_pylist(), strict=True):
        wanted = plain(alone.opinion(case).decision, case, book)
        assert without(told, "row", "facts", "comity") == without(wanted, "facts"), case.to_yaml()


@pytest.mark.slow
def test_rows_say_of_the_worked_cases_what_decide_says(rulebook: Rulebook, tmp_path: Path) -> None:
    """Those of the day on which most of them are, are decided with that day for all, as with --as-of."""
    (common, _), *_ = Counter(day for _, day, _ in worked()).most_common(1)
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case, day, supposed in worked():
        groups.setdefault((day if day == common else None, supposed), []).append(case.model_copy(update={"as_of": day}))
    compared = 0
    for number, ((day, supposed), cases) in enumerate(groups.items()):
        book = supposing(rulebook.digest, supposed)
        decider = Decider(book, day, DAY, tmp_path / f"store{number}", tmp_path)
        found = decider.decide(table(cases))
        assert not found.refused.num_rows, found.refused.to_pylist()
        alone = Deciding(book).drafts(cases)
        for draft, told in zip(alone, found.decisions.to_pylist(), strict=True):
            wanted = plain(draft.decision, draft.case, book)
            assert without(told, "row", "facts", "comity") == without(wanted, "facts"), draft.case.case
            compared += 1
    assert compared == len(worked())


def test_the_digest_of_facts_is_that_of_what_stands_for_the_case(decider: Decider, rulebook: Rulebook) -> None:
    case = Case.from_text(CASE)
    (signature,) = signatures(decider, case)
    (told,) = decider.decide(table([case])).decisions.to_pylist()
    decision = counsel(rulebook).opinion(Case.model_validate_json(signature)).decision
    assert told["facts"] == decision.digest.facts


def test_a_day_at_which_the_law_turns_parts_the_cases_before_and_after(decider: Decider, rulebook: Rulebook) -> None:
    """The act of Thailand on computer crime is known since a day of the tables."""
    row = next(r for r in rulebook.tables.states if (r["state"], r["attribute"]) == ("TH", "cybercrime_statute"))
    since = row.day("since", first=True)
    assert since is not None
    days = [since - timedelta(days=1), since, since + timedelta(days=1)]
    before, on, after = signatures(decider, *(changed("committed_on: 2026-02-01", f"committed_on: {d}") for d in days))
    assert before != on
    assert before != after
