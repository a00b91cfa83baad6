"""How robust a lead is: shares of the weightings that keep the agency's order of factors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.lead import robustness


def test_a_state_with_every_factor_leads_under_every_weighting():
    assert robustness({"CN": [True, True], "US": [False, True]}) == {"CN": 1.0, "US": 0.0}


def test_equal_rows_share_every_weighting():
    shares = robustness({"CN": [True, False], "US": [True, False]})
    assert shares == {"CN": pytest.approx(0.5), "US": pytest.approx(0.5)}


def test_the_weightier_of_two_single_factors_always_wins_but_for_ties():
    assert robustness({"CN": [True, False], "US": [False, True]}) == {"CN": 1.0, "US": 0.0}


def test_one_weighty_factor_against_two_light_ones_depends_on_the_weights():
    """With w1 >= w2 >= w3 drawn evenly, w1 > w2 + w3 in three quarters of all weightings.

    In the corners' coordinates w = a(1,0,0) + b(1,1,0)/2 + c(1,1,1)/3 the margin w1 - w2 - w3 is a - c/3, and for
    (a, b, c) even on the simplex P(a > c/3) = 3/4.
    """
    shares = robustness({"CN": [True, False, False], "US": [False, True, True]})
    assert shares["CN"] == pytest.approx(0.75, abs=0.04)
    assert sum(shares.values()) == pytest.approx(1, abs=0.002)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.dictionaries(
            st.sampled_from(["CN", "US", "DE", "KH"]), st.lists(st.booleans(), min_size=n, max_size=n), min_size=1
        )
    )
)
def test_shares_sum_to_one_and_a_dominated_state_never_gains(rows):
    shares = robustness(rows)
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    for state, row in rows.items():
        for other, theirs in rows.items():
            if all(a <= b for a, b in zip(row, theirs, strict=True)):
                assert shares[state] <= shares[other] + 1e-9
