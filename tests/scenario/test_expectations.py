"""Every part of a decision that an officer sees can be expected, and can be expected not to be there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Decision
from comity.decision.opinion import Counsel, Opinion
from comity.law.rulebook import Rulebook

FOLDER = Path(__file__).parents[2] / "scenarios"


@cache
def opinion(name: str) -> Opinion:
    path = next(FOLDER.rglob(f"{name}.yaml"))
    return scenario.opinion(Counsel(Rulebook.shipped()), scenario.read(path))


def decision(name: str) -> Decision:
    return opinion(name).decision


def failures(name: str, **expect: object) -> list[str]:
    return list(scenario.judge(scenario.Expectation.model_validate(expect), opinion(name)))


ORDER = "production-order-first-day"
"""Mail in Ireland, ordered by a judge in Germany on the first day of European Production Orders."""


def mail(**expect: object) -> list[str]:
    return failures(ORDER, items={"mail": expect})


def test_an_addressee_may_be_expected_and_not():
    assert mail(addressees=["IE"], no_addressees=["FR"]) == []
    assert len(mail(addressees=["FR"], no_addressees=["IE"])) == 2


def test_the_terms_of_an_offered_channel_stand_together_in_one_rule():
    assert mail(terms={"production-order IE": {"days": [1, 10], "urgent_hours": 8, "keeps_days": "none"}}) == []
    (told,) = mail(terms={"production-order IE": {"days": [1, 11], "urgent_hours": 8}})
    assert "days 1 to 11, urgent_hours 8 is expected" in told
    assert "days 1 to 10, urgent_hours 8" in told
    (told,) = mail(terms={"investigation-order IE": {"days": [1, 2]}})
    assert told.endswith("there is: no rule that opens it")


def test_a_reason_may_be_expected_by_topic():
    topic, rule = "mail.production-order.IE", "epoc-content"
    assert failures(ORDER, reasons={topic: [rule]}) == []
    assert len(failures(ORDER, no_reasons={topic: [rule]})) == 1
    (told,) = failures(ORDER, reasons={topic: ["budapest-27-mla"]})
    assert told == f"{topic}: reason budapest-27-mla is expected, there are: {rule}"


def test_what_speaks_against_a_conclusion_may_be_expected():
    topic = "mail.direct-access"
    assert failures("microsoft-ireland", no_against={topic: ["us-2713-reach"]}) == []
    (told,) = failures("microsoft-ireland-cloud-act", no_against={topic: ["us-2713-reach"]})
    assert told == "mail.direct-access: reason against it us-2713-reach is not expected, but stands"


def test_a_rule_that_applies_may_be_expected_with_what_it_speaks_of():
    assert failures(ORDER, applied=["epoc-content", "epoc-content mail IE"], not_applied=["epoc-content mail FR"]) == []
    (told,) = failures(ORDER, applied=["epoc-content mail FR"])
    assert told.startswith("rules that apply: rule epoc-content mail FR is expected, there are: epoc-content mail IE")
    (told,) = failures(ORDER, not_applied=["epoc-content"])
    assert told == "rules that apply: rule epoc-content is not expected, but stands"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml"))[::12], ids=lambda path: path.stem)
def test_whatever_a_decision_has_can_be_expected_and_refused(path):
    """Each thing of a real decision passes where it is expected, and fails where it is not."""
    made = decision(path.stem)
    for key, no, things in (
        ("warnings", "no_warnings", [f"{w.code} {w.about}" for w in made.warnings]),
        ("prevention", "no_prevention", [m.measure for m in made.prevention]),
        ("undecided", "not_undecided", [open_.topic for open_ in made.undecided]),
        ("consult", "no_consult", [list(c.states) for c in made.conflict.consult]),
        ("plan", "not_planned", [f"{s.kind} {s.state}" if s.kind else s.id for s in made.plan][:1]),
    ):
        assert failures(path.stem, **{key: things}) == []
        assert len(failures(path.stem, **{no: things})) == len(things)
    for claim in made.claims:
        for status, key in (("held", "bases"), ("undecided", "undecided_bases")):
            bases = [basis.basis for basis in claim.bases if basis.status == status]
            assert failures(path.stem, **{key: {claim.state: bases}}) == []
            assert len(failures(path.stem, no_bases={claim.state: bases})) == len(bases)
    for candidate in made.lead.candidates:
        answers = {score.factor: score.answer for score in candidate.factors}
        assert failures(path.stem, factors={candidate.state: answers}) == []
        turned = {factor: "no" if answer == "yes" else "yes" for factor, answer in answers.items()}
        assert len(failures(path.stem, factors={candidate.state: turned})) == len(turned)
    for item in (*made.data, *made.assets, *made.persons):
        for key, no, things in (
            ("grounds", "no_grounds", {f"{g.ground} {g.effect} {r.state}" for r in item.routes for g in r.grounds}),
            ("safeguards", "no_safeguards", {f"{s.safeguard} {r.state}" for r in item.routes for s in r.safeguards}),
            ("must_not", "not_forbidden", {act.act for act in item.must_not}),
        ):
            assert failures(path.stem, items={item.item: {key: sorted(things)}}) == []
            assert len(failures(path.stem, items={item.item: {no: sorted(things)}})) == len(things)
    for reply in made.replies:
        limits = [
            f"{limit.step} {limit.days} days" if limit.days else f"{limit.step} {limit.hours} hours"
            for limit in reply.time_limits
            if limit.days or limit.hours
        ]
        for key, no, things in (
            ("open", "not_open", [str(word) for word in reply.open]),
            ("ways", "no_ways", [str(way.kind) for way in reply.ways]),
            ("missing", "not_missing", [str(element.element) for element in reply.missing]),
            ("unchecked", "not_unchecked", [str(element.element) for element in reply.unchecked]),
            ("grounds", "no_grounds", [f"{ground.ground} {ground.effect}" for ground in reply.grounds]),
            ("conditions", "no_conditions", [condition.safeguard for condition in reply.conditions]),
            ("time_limits", "no_time_limits", limits),
        ):
            expected = {reply.request: {reply.item: {key: things}}}
            assert failures(path.stem, replies=expected) == []
            assert len(failures(path.stem, replies={reply.request: {reply.item: {no: things}}})) == len(things)


def test_a_ground_may_be_expected_with_its_effect_and_its_state():
    path = next(FOLDER.rglob("political-extradition.yaml"), None)
    assert path is not None
    (reply,) = decision(path.stem).replies[:1]
    expected = {reply.request: {reply.item: {"grounds": ["political-offence must"]}}}
    assert failures(path.stem, replies=expected) == []
    other = {reply.request: {reply.item: {"grounds": ["political-offence may"]}}}
    assert failures(path.stem, replies=other) != []
