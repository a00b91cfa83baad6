"""An agency's own rules as its officers and lawyers see them."""

import pytest

CASE = """\
case: harbour
forum: US
as_of: 2026-02-01
offences: [{id: fraud, category: computer-fraud, committed_on: 2026-01-10, effects_in: [US]}]
data: [{id: mail, category: content, stored_in: IE}]
"""
OURS = """\
- id: voluntary-practice
  title: We ask nobody directly
  cites: [untoc/4]
  when: [{data: {id: $item}}]
  conclude: [{must_not: {item: $item, act: ask-custodian}}]
  because: "our circular forbids to ask for {item} directly"
"""


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    (folder / "instruments").mkdir(parents=True)
    (folder / "changes.yaml").write_text(
        "- disable: sovereignty-1\n  reason: an order from above\n  cites: [untoc/4]\n"
        "- replace: voluntary-practice\n  reason: our circular is narrower\n"
    )
    (folder / "instruments" / "ours.yaml").write_text(OURS)
    return folder


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return path


def test_check_lists_every_departure_with_its_place_and_reason(comity, rules) -> None:
    ran = comity("check", rules)
    assert ran.code == 0
    assert "0 rules added, 2 changes" in ran.out
    assert f"{rules}/changes.yaml:1:12" in ran.out
    assert "a rule that protects sovereignty; its reason: an order from above" in ran.out
    assert "this agency has replaced voluntary-practice" in ran.out
    assert "its reason: our circular is narrower" in ran.out


def test_the_first_screen_says_what_the_agency_lifts(comity, rules, case) -> None:
    first = comity("decide", case, "--rules", rules).out.split("CLAIMS TO JURISDICTION")[0]
    head = first.split("WHO LEADS")[0]
    assert "with rules of this agency's own" in head
    assert "Only the rules of this agency permit remote-search IE for mail" in head
    assert "This agency has disabled sovereignty-1 (Data held abroad is not taken directly)" in head
    assert "an order from above" in head


def test_the_details_list_all_departures(comity, rules, case) -> None:
    out = comity("decide", case, "--rules", rules).out
    part = out[out.index("RULES OF THIS AGENCY'S OWN") :]
    assert "its reason: an order from above. It would apply here." in part
    assert "our circular is narrower. That makes itself felt here." in part
    assert "[untoc/4]" in part


def test_advice_under_the_shipped_rules_speaks_of_no_agency(comity, case) -> None:
    assert "this agency" not in comity("decide", case).out.lower()


def test_show_rule_tells_what_became_of_it(comity, rules) -> None:
    disabled = comity("show", "rule", "sovereignty-1", "--rules", rules).out
    assert disabled.startswith("This agency has disabled sovereignty-1")
    assert "id: sovereignty-1" in disabled
    replaced = comity("show", "rule", "voluntary-practice", "--rules", rules).out
    assert replaced.startswith("This agency has replaced voluntary-practice")
    assert "The rule that comity ships stands in" in replaced
    assert "We ask nobody directly" in replaced
    listed = comity("show", "rule", "--rules", rules).out
    assert "sovereignty-1: Data held abroad is not taken directly (disabled)" in listed
    assert "We ask nobody directly (this agency's, in the place of the shipped one)" in listed


def test_why_names_the_reason_for_a_replacement(comity, rules, case) -> None:
    out = comity("why", case, "voluntary-practice", "--rules", rules).out
    assert "in the place of the shipped rule, because: our circular is narrower" in out


def test_why_of_a_disabled_rule_says_that_it_is_disabled(comity, rules, case) -> None:
    ran = comity("why", case, "sovereignty-1", "--rules", rules)
    assert ran.code == 2
    assert "this agency has disabled sovereignty-1" in ran.err


def test_why_not_names_a_disabled_rule_that_could_have_concluded_it(comity, case, tmp_path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "changes.yaml").write_text("- disable: asset-at-home\n  reason: not our task\n")
    out = comity("why-not", case, "mail.direct-access", "--rules", folder).out
    assert "This agency has disabled asset-at-home" in out
    assert "not our task. It could have concluded this." in out


def test_a_wrong_change_is_told_like_every_other_fault(comity, rules) -> None:
    (rules / "changes.yaml").write_text("- disable: sovereignty-one\n  reason: r\n")
    ran = comity("check", rules)
    assert ran.code == 2
    assert "changes.yaml:1:12  O004  comity ships no rule 'sovereignty-one'" in ran.err
    assert "did you mean 'sovereignty-1'?" in ran.err
