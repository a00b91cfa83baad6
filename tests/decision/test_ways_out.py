"""Where the laws of two states differ, the decision says what may still be done, and on what authority."""

from functools import cache

import pytest

from comity.decision import topics
from comity.decision.differences import differences
from comity.decision.model import WaysOut
from comity.decision.opinion import Counsel
from comity.law.case import Case
from comity.law.rulebook import Rulebook

GAMBLING = """
case: games
forum: CN
authority: police
as_of: 2026-03-02
offences:
  - id: games
    category: {category}
    committed_on: 2025-11-01
    conduct_in: [ES]
    effects_in: [CN, US]
    punishable_in: {{{punishable}}}
data:
  - {{id: ledger, category: financial-records, stored_in: ES, public: no, consent: no}}
"""


@cache
def counsel() -> Counsel:
    return Counsel(Rulebook.shipped())


def decided(text: str):
    return counsel().opinion(Case.from_text(text)).decision


def games(category="cyber-gambling", **punishable: str) -> WaysOut:
    told = ", ".join(f"{state}: {answer}" for state, answer in punishable.items())
    [found] = decided(GAMBLING.format(category=category, punishable=told)).ways_out
    return found


def named(found: WaysOut, way: str) -> list[str]:
    return [w.name for w in found.ways if w.way == way]


def test_where_both_states_punish_the_act_there_is_nothing_to_say():
    assert decided(GAMBLING.format(category="cyber-gambling", punishable="CN: yes, ES: yes")).ways_out == []


def test_at_home_no_dual_criminality_is_asked_for():
    text = GAMBLING.format(category="cyber-gambling", punishable="CN: no").replace("stored_in: ES", "stored_in: CN")
    assert decided(text).ways_out == []


@pytest.mark.parametrize(
    ("punishable", "standing"),
    [({"CN": "yes", "ES": "no"}, "missing"), ({"CN": "no", "ES": "yes"}, "missing"), ({"CN": "yes"}, "missing")],
)
def test_a_denial_is_told_from_silence(punishable, standing):
    """In Spain licensed gambling is no offence (states.csv, since 2011-05-29), so that silence of the file is a no."""
    assert games(**punishable).dual_criminality == standing


def test_silence_of_file_and_tables_is_unknown_and_names_the_state():
    found = games("online-extortion")
    assert found.dual_criminality == "unknown"
    assert found.text == "it is not established that games was an offence in Spain"


def test_another_name_carries_its_condition_its_source_and_the_law_of_both_states():
    found = games(ES="no")
    [way] = [w for w in found.ways if w.name == "computer-fraud"]
    assert "if the facts show that results were manipulated" in way.text
    assert "ETS 185 art 8" in way.text
    cited = {article for reason in way.reasons for article in reason.cites}
    assert "budapest/8" in cited
    assert any("law of China" in reason.text for reason in way.reasons)
    assert any("Spain had to punish" in reason.text for reason in way.reasons)


def test_a_name_that_only_one_of_the_two_states_is_known_to_punish_is_not_offered():
    """Unlawful detention: Criminal Law of China art 238; of Spain the tables say nothing."""
    assert "unlawful-detention" not in named(games(ES="no"), "qualification")


def test_an_act_that_was_punishable_under_no_name_has_none_of_its_own_to_offer():
    """What belongs to the act by its nature falls with it; what more the facts may show does not."""
    found = games("cyber-gambling-with-laundering", CN="yes", ES="no")
    assert found.dual_criminality == "missing"
    assert "laundering-of-proceeds" not in named(found, "qualification")
    assert "laundering-of-proceeds" in named(games("cyber-gambling-with-laundering", CN="yes"), "qualification")


def test_a_statute_later_than_the_act_opens_nothing():
    """Spain is bound by art 8 of the Convention on Cybercrime since 1 October 2010."""
    text = GAMBLING.format(category="cyber-gambling", punishable="ES: no")
    [eve] = decided(text.replace("2025-11-01", "2010-09-30")).ways_out
    [day] = decided(text.replace("2025-11-01", "2010-10-01")).ways_out
    assert ("computer-fraud" in named(eve, "qualification"), "computer-fraud" in named(day, "qualification")) == (
        False,
        True,
    )


def test_another_offence_of_the_case_may_carry_the_request():
    text = GAMBLING.format(category="cyber-gambling", punishable="ES: no")
    more = "  - {id: laundering, category: laundering-of-proceeds, committed_on: 2025-11-01, effects_in: [CN]}\ndata:"
    [found] = decided(text.replace("data:", more, 1)).ways_out
    assert found.offence == "games"
    assert named(found, "offence") == ["laundering"]


@pytest.mark.parametrize(
    ("punishable", "leads"),
    [
        ({"CN": "no", "ES": "yes", "US": "yes"}, ["ES", "US"]),
        ({"CN": "no", "ES": "yes"}, ["ES"]),
        ({"CN": "yes", "ES": "no", "US": "yes"}, []),
    ],
)
def test_another_lead_helps_only_where_both_its_law_and_that_of_the_state_asked_punish_the_act(punishable, leads):
    assert sorted(named(games(**punishable), "lead")) == leads


def test_between_parties_to_the_convention_the_request_has_only_to_describe_the_conduct():
    text = GAMBLING.format(category="cyber-gambling-with-laundering", punishable="").replace("forum: CN", "forum: PH")
    found = decided(text.replace("[CN, US]", "[PH]"))
    [entry] = found.ways_out
    assert entry.dual_criminality == "by-conduct"
    assert entry.ways[0].text.startswith("describe it as laundering of proceeds")
    assert "budapest/25-5" in entry.ways[0].reasons[0].cites
    grounds = {ground.ground for route in found.item("ledger").routes for ground in route.grounds}
    assert "dual-criminality" not in grounds


def test_the_conduct_test_for_assistance_is_none_for_extradition():
    """Budapest art 25(5) speaks of assistance; for the person the other name has to be argued."""
    text = GAMBLING.format(category="cyber-gambling-with-laundering", punishable="").replace("forum: CN", "forum: PH")
    text = text.replace("[CN, US]", "[PH]") + "persons:\n  - {id: operator, role: suspect, whereabouts: ES}\n"
    found = {entry.item: entry.dual_criminality for entry in decided(text).ways_out}
    assert found == {"ledger": "by-conduct", "operator": "unknown"}


@pytest.mark.parametrize(
    ("state", "category", "open_"),
    [("AT", "online-extortion", False), ("AT", "illegal-access", True), ("ES", "online-extortion", True)],
)
def test_preservation_waits_for_dual_criminality_only_where_that_was_reserved(state, category, open_):
    """Art 29(3); Austria has made the reservation of art 29(4), which leaves the offences of the Convention out."""
    text = GAMBLING.format(category=category, punishable=f"{state}: no").replace("forum: CN", "forum: RO")
    [found] = decided(text.replace("stored_in: ES", f"stored_in: {state}")).ways_out
    assert ("expedited-preservation" in named(found, "channel")) == open_


def test_every_way_out_has_a_reason_with_an_authority():
    for category in sorted(counsel().rulebook.tables.offences):
        for entry in decided(GAMBLING.format(category=category, punishable="ES: no")).ways_out:
            assert all(way.reasons and all(reason.cites for reason in way.reasons) for way in entry.ways), category


def test_what_the_case_file_says_of_another_state_shows_as_a_change_and_can_be_asked_about():
    opinion = counsel().opinion(Case.from_text(GAMBLING.format(category="cyber-gambling", punishable="ES: no")))
    after = decided(GAMBLING.format(category="cyber-gambling", punishable="ES: yes"))
    [change] = [c for c in differences(opinion.decision, after) if "dual-criminality" in c.topic]
    assert (change.topic, change.before, change.after) == ("ledger.dual-criminality.ES", "missing", "held")
    assert change.topic in topics.known(opinion)
    asked = {str(literal.relation) for literal in topics.parse(change.topic, opinion).literals}
    assert asked == {"dual_criminality", "arguable_as"}
