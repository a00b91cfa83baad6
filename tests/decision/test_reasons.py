"""What is told as the reason for a verdict."""

import json

from comity.decision.opinion import decide
from comity.law.case import Case
from comity.law.rulebook import Rulebook


def test_what_would_only_have_left_a_claim_open_is_no_reason_for_it():
    facts = {
        "case": "national",
        "forum": "CA",
        "as_of": "2026-11-26",
        "offences": [{"id": "fraud", "category": "computer-fraud", "committed_on": "2026-09-01", "conduct_in": ["GH"]}],
        "persons": [{"id": "leader", "role": "suspect", "nationality": ["EE"]}],
    }
    decision = decide(Case.from_text(json.dumps(facts)), Rulebook.shipped())
    (claim,) = [claim for claim in decision.claims if claim.state == "EE"]
    (basis,) = [basis for basis in claim.bases if basis.basis == "active-personality"]
    assert basis.status == "held"
    assert [reason.rule for reason in basis.reasons] == ["active-personality-conditional"]
