"""What an agency's own rules come to in a case is told in the advice."""

import pytest

from comity.decision.opinion import Counsel
from comity.law.case import Case
from comity.law.rulebook import Rulebook

CASE = """\
case: harbour
forum: US
as_of: 2026-02-01
offences: [{id: fraud, category: computer-fraud, committed_on: 2026-01-10, effects_in: [US]}]
data: [{id: mail, category: content, stored_in: IE}]
"""
HOME = CASE.replace("stored_in: IE", "stored_in: US")


@pytest.fixture
def advise(tmp_path):
    def advise(case: str = CASE, **files: str):
        for name, content in files.items():
            path = tmp_path / {"changes": "changes.yaml", "rules": "domestic/ours.yaml", "lead": "x"}[name]
            path.parent.mkdir(exist_ok=True)
            path.write_text(content)
        return Counsel(Rulebook.from_folder(tmp_path)).opinion(Case.from_text(case)).decision

    return advise


def test_a_disabled_rule_is_told_with_its_reason_and_whether_it_would_apply(advise) -> None:
    changes = "- disable: sovereignty-1\n  reason: an order from above\n  cites: [untoc/4]\n"
    (abroad,) = advise(changes=changes).departures
    assert (abroad.change, abroad.what, abroad.applies) == ("disabled", "sovereignty-1", True)
    assert (abroad.reason, abroad.cites) == ("an order from above", ["untoc/4"])
    assert abroad.sovereignty
    (at_home,) = advise(HOME, changes=changes).departures
    assert not at_home.applies


def test_a_rule_that_guards_no_sovereignty_is_not_marked_so(advise) -> None:
    (found,) = advise(changes="- disable: us-2713-reach\n  reason: r\n").departures
    assert not found.sovereignty


def test_direct_access_that_only_the_agency_permits_is_a_warning(advise) -> None:
    decision = advise(
        changes="",
        rules="- id: our-reach\n  title: We take it\n  cites: [untoc/4]\n  overrides: [sovereignty-1]\n"
        "  when: [{abroad: {item: $item, state: $there}}]\n  conclude: [{direct_access: {item: $item}}]\n"
        '  because: "we said so of {item}"\n',
    )
    assert decision.item("mail").direct_access.status == "permitted"
    (warning,) = [w for w in decision.warnings if w.code == "agency-permits-direct-access"]
    assert warning.text == (
        "only the rules of this agency permit direct access for mail; under the rules that comity ships that is refused"
    )
    assert "sovereignty-1" in {reason.rule for reason in warning.reasons}
    assert [(d.change, d.what) for d in decision.departures] == [("added", "our-reach")]


def test_an_order_that_only_the_agency_opens_is_a_warning_too(advise) -> None:
    decision = advise(changes="- disable: sovereignty-1\n  reason: r\n")
    assert decision.item("mail").direct_access.status != "permitted"
    (warning,) = [w for w in decision.warnings if w.code == "agency-permits-direct-access"]
    assert "remote-search IE" in warning.text


def test_the_shipped_rules_depart_from_nothing() -> None:
    decision = Counsel(Rulebook.shipped()).opinion(Case.from_text(CASE)).decision
    assert decision.departures == []
    assert "agency-permits-direct-access" not in {warning.code for warning in decision.warnings}


@pytest.mark.parametrize(("entry", "applies"), [("IE", True), ("FR", False)])
def test_another_row_matters_where_the_case_uses_it(advise, entry, applies) -> None:
    changes = f"- disable: tables/networks.csv\n  entries: [interpol {entry}]\n  reason: r\n"
    (found,) = advise(changes=changes).departures
    assert found.what == f"tables/networks.csv: interpol {entry}"
    assert found.applies is applies


def test_a_category_that_only_the_agency_knows_can_be_decided(tmp_path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "offences.csv").write_text(
        "offence,title,family,cyber_dependent,untoc,initiative,source,as_of,verified\n"
        "our-offence,ours,fraud,no,,no,our code,2026-01-01,no\n"
    )
    (tmp_path / "changes.yaml").write_text("- disable: sovereignty-1\n  reason: r\n")
    case = Case.from_text(CASE.replace("computer-fraud", "our-offence"))
    decision = Counsel(Rulebook.from_folder(tmp_path)).opinion(case).decision
    assert [d.what for d in decision.departures] == ["sovereignty-1"]
