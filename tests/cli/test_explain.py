import pytest

from comity.decision.nearest import Body, Facts
from comity.decision.opinion import Counsel
from comity.law.case import Case
from comity.law.rulebook import Rulebook, shipped_folder

SCENARIOS = shipped_folder().parent / "scenarios"


def test_why_tells_the_rule_its_source_and_the_facts_behind_it(comity, case, law) -> None:
    ran = comity("why", case, "mail.mla.FR", "--rules", law)
    assert ran.code == 0
    line = (law / "principles" / "rules.yaml").read_text().split("id: assistance")[0].count("\n") + 1
    for part in (
        "Mla to France is open for mail? yes",
        "for: Germany and France help each other with mail",
        f"rules.yaml:{line}: Parties assist each other",
        "The Law, 2: friends help each other (not verified)",
        "- the data mail: category content, stored in France (case file)",
        "Germany and France are both bound by the Convention on Cybercrime, because:",
        "the Convention on Cybercrime is in force for France (",
        "tables/parties/budapest.csv:",
        "prevails over no-mla",
        "against: no treaty gives mail",
        "gives way to assistance",
    ):
        assert part in ran.out


def test_why_tells_what_is_undecided_and_what_is_refused(comity, case, law) -> None:
    undecided = comity("why", case, "mail.consent-access.FR", "--rules", law).out
    assert "? undecided" in undecided
    assert "leaves open: nobody knows whether anybody consents to mail" in undecided
    refused = comity("why", case, "mail.direct-access", "--rules", law).out
    assert "? no" in refused
    assert "Custom" in refused


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("lead", "Germany alone has a claim"),
        ("conflict", "only Germany claims jurisdiction"),
        ("claim.DE", "fraud was committed in Germany"),
        ("claim.DE.territorial-conduct", "fraud was committed in Germany"),
        ("mail", "out of reach of Germany"),
        ("data.mail", "out of reach of Germany"),
        ("mail.FR", "France preserves mail for Germany"),
        ("mail.mla", "help each other with mail"),
        ("assistance", "help each other with mail"),
        ("new-law", "the rule new-law does not apply in this case"),
        ("lead.DE", "sam is in Germany"),
    ],
)
def test_topics(topic: str, expected: str, comity, case, law) -> None:
    ran = comity("why", case, topic, "--rules", law)
    assert ran.code == 0
    assert expected.lower() in ran.out.lower()


@pytest.mark.parametrize(
    ("topic", "hint"),
    [("mial.mla", "did you mean 'mail"), ("leed", "did you mean 'lead'?"), ("zzz", "or the id of a rule")],
)
@pytest.mark.parametrize("command", ["why", "why-not"])
def test_an_unknown_topic_is_met_with_those_that_exist(command: str, topic: str, hint: str, comity, case, law) -> None:
    ran = comity(command, case, topic, "--rules", law)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


def test_why_not_names_the_condition_that_failed_and_what_would_mend_it(comity, case, law) -> None:
    out = comity("why-not", case, "note.direct-access", "--rules", law).out
    assert "rule home" in out
    assert "1 of 2 conditions are met" in out
    assert "rules.yaml:15" in out
    assert "wanted: the data note: stored in Germany" in out
    assert "found:  stored in is Ireland" in out
    assert "--set data.note.stored_in=DE" in out


def test_why_not_follows_a_condition_that_other_rules_have_to_conclude(comity, case, law) -> None:
    out = comity("why-not", case, "note.expedited-preservation.IE", "--rules", law).out
    assert "wanted: Germany and Ireland are both bound by the Convention on Cybercrime" in out
    assert "rule both-bound" in out
    assert "found:  the Convention on Cybercrime is signed by Ireland, but not in force for it" in out


def test_why_not_names_a_law_that_is_not_law_yet(comity, case, law) -> None:
    out = comity("why-not", case, "note.production-order.IE", "--rules", law).out
    assert "wanted: the day of decision is 2030-01-01 or later" in out
    assert "--as-of 2030-01-01" in out


def test_why_not_names_the_values_that_a_rule_would_take(comity, case, law) -> None:
    out = comity("why-not", case, "note.mla.IE", "--rules", law).out
    assert "category content or traffic" in out
    assert "category is subscriber" in out


def test_why_not_of_what_holds_sends_to_why(comity, case, law) -> None:
    assert "'comity why' tells why" in comity("why-not", case, "mail.mla.FR", "--rules", law).out


def test_why_not_of_what_no_rule_concludes(comity, case, law) -> None:
    assert "no rule of the rulebook concludes this" in comity("why-not", case, "mail.surrender", "--rules", law).out


def test_a_rule_that_applied_and_lost_is_told_with_what_beat_it(comity, case, law) -> None:
    stronger = law / "principles" / "stronger.yaml"
    stronger.write_text(
        "- id: closed\n  title: France is closed\n  cites: [law/1]\n  overrides: [assistance]\n"
        "  when:\n    - data: {id: $item, stored_in: FR}\n"
        "  rule_out:\n    - channel: {item: $item, state: FR, kind: mla}\n  because: France is closed for {item}\n"
    )
    out = comity("why-not", case, "mail.mla.FR", "--rules", law).out
    assert "all 3 conditions are met, but it does not prevail" in out
    assert "against: France is closed for mail" in out


@pytest.mark.parametrize("scenario", ["documented/preserve-first", "initiatives/five-states-one-fraud"])
def test_why_not_and_the_readings_agree_on_which_rules_apply(scenario: str) -> None:
    opinion = Counsel(Rulebook.shipped()).opinion(Case.from_file(SCENARIOS / f"{scenario}.yaml"))
    facts = Facts(opinion.model)
    applied = {opinion.rulebook.law_rule(f.rule).id for firings in opinion.model.firings.values() for f in firings}
    for rule in opinion.rulebook.rules:
        since, until = rule.effective_from, rule.effective_until
        in_effect = not (since and opinion.as_of < since) and not (until and opinion.as_of > until)
        met = not facts.fit(Body.of(rule), {}).unmet
        assert (met and in_effect) == (rule.id in applied), rule.id
