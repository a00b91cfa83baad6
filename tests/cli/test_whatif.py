import pytest


def test_a_changed_fact_changes_the_advice(comity, case, law) -> None:
    ran = comity("what-if", case, "--set", "data.mail.stored_in=DE", "--rules", law)
    assert ran.code == 0
    assert "mail.direct-access: refused -> permitted" in ran.out
    assert "mail.recommended: mla FR -> domestic-order DE" in ran.out
    assert "plan: - Ask France to preserve mail" in ran.out
    assert "plan: + Obtain mail by an order under the law of Germany" in ran.out


def test_several_facts_at_once_lists_and_facts_for_each_state(comity, case, law) -> None:
    ran = comity(
        "what-if", case, "--rules", law,
        "--set", "offences.fraud.conduct_in=DE,FR", "--set", "offences.fraud.punishable_in.FR=yes",
    )  # fmt: skip
    assert "conflict: none -> positive" in ran.out
    assert "claim.FR: not asked -> held" in ran.out


def test_a_fact_without_consequence_leaves_the_advice_as_it_is(comity, case, law) -> None:
    out = comity("what-if", case, "--set", "urgency=urgent", "--rules", law).out
    assert "the advice stays the same" in out


def test_another_day_is_a_fact_like_others(comity, case, law) -> None:
    out = comity("what-if", case, "--set", "as_of=2030-06-01", "--rules", law).out
    assert "note.production-order.IE: refused -> offered" in out


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("data.mail.stored_in", "write path=value"),
        ("data.mial.stored_in=IE", "did you mean 'mail'?"),
        ("data.mail.storedin=IE", "did you mean 'stored_in'?"),
        ("dta.mail.stored_in=IE", "did you mean 'data'?"),
        ("data.mail.stored_in=UK", "did you mean 'GB'"),
        ("data.mail=IE", "data.mail.FIELD"),
        ("data=IE", "data.mail.FIELD"),
        ("forum.x=IE", "'forum' is a single fact"),
        ("offences.fraud.punishable_in=yes", "offences.fraud.punishable_in.US=yes"),
        ("offences.fraud.punishable_in.FR=maybe", "one of: no, unknown, yes"),
        ("offences.fraud.committed_on=2026-02-30", "year-month-day"),
        ("data.mail.custodian=nobody", "'nobody'"),
        ("offences.fraud.category=fraud", "no category of offence"),
        ("steps.0.on=2026-01-01", "there is no '0' in steps"),
    ],
)
def test_a_wrong_assignment_is_told_with_what_would_be_right(assignment: str, expected: str, comity, case, law) -> None:
    ran = comity("what-if", case, "--set", assignment, "--rules", law)
    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err


def test_nothing_asked_is_an_error(comity, case, law) -> None:
    assert comity("what-if", case, "--rules", law).code == 2


def test_unknown_facts_with_the_answers_that_matter(comity, case, law) -> None:
    out = comity("what-if", case, "--unknowns", "--rules", law).out
    consent = out[out.index("data.mail.consent is unknown, and it matters:") :]
    assert "yes or no:" in consent
    assert "mail.consent-access.FR: undecided -> refused" in consent
    quiet = out[out.index("No answer changes the advice:") :]
    assert "urgency" in quiet
    assert "persons.sam.nationality" in quiet


def test_an_unknown_place_is_tried_in_the_states_of_the_case_and_in_one_more(comity, tmp_path, law) -> None:
    path = tmp_path / "place.yaml"
    path.write_text("case: place\nforum: DE\nas_of: 2026-01-01\npersons: [{id: p, role: victim, residence: FR}]\n"
                    "data: [{id: mail, category: content}]\n")  # fmt: skip
    out = comity("what-if", path, "--unknowns", "--rules", law).out
    stored = out[out.index("data.mail.stored_in is unknown") :]
    home, away, other = (stored.index(f"\n  {answer}:\n") for answer in ("DE", "FR", "another state"))
    assert "mail.direct-access: refused -> permitted" in stored[home:away]
    assert "mail.mla.FR: not asked -> offered" in stored[away:other]
    assert "mail.mla" not in stored[other:].split("is unknown")[0]


def test_a_case_without_unknown_facts_or_only_idle_ones(comity, tmp_path, law) -> None:
    path = tmp_path / "known.yaml"
    path.write_text("case: known\nforum: DE\nauthority: police\nstage: trial\nurgency: routine\n")
    assert "No fact of this case is unknown." in comity("what-if", path, "--unknowns", "--rules", law).out
