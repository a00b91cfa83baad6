"""Which lawful route is taken: what comes in time before what comes too late, with preservation first where needed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.decision.model import Channel, ChannelBasis, Reason
from comity.decision.routes import Wanted, routes
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind, Phase, Urgency

OBTAINS = [kind for kind in ChannelKind if kind.phase is Phase.OBTAIN]
HOLDS = [kind for kind in ChannelKind if kind.phase is Phase.PRESERVE]
ORDER = Rulebook.shipped().preferences.order


def reason(rule: str) -> Reason:
    return Reason(rule=rule, title=rule, text=rule, cites=["law/1"], verified="yes")


def basis(rule: str, **terms: object) -> ChannelBasis:
    return ChannelBasis.model_validate({"reason": reason(rule), **terms})


def offered(kind: ChannelKind, *bases: ChannelBasis, state: str = "US") -> Channel:
    return Channel(kind=kind, state=state, status="offered", reasons=[], against=[], bases=list(bases))


def wanted(days_left: int | None, urgency: Urgency = Urgency.ROUTINE, preserved: bool = False, asset: bool = False):
    return Wanted("log", days_left, preserved, urgency, None, ORDER, asset)


def found(needed: Wanted, *channels: Channel):
    return routes(needed, channels, lambda _, __: [], lambda _, __: [])


MLA = offered(ChannelKind.MLA, basis("mla", days=(180, 720)))
ORDER_OF_DAYS = offered(ChannelKind.PRODUCTION_ORDER, basis("order", days=(0, 10), urgent_hours=8))
CONTACT_POINT = offered(ChannelKind.EXPEDITED_PRESERVATION, basis("contact-point", keeps_days=60))
EMERGENCY = offered(ChannelKind.EMERGENCY_DISCLOSURE, basis("emergency", days=(0, 1)))

durations = st.one_of(
    st.none(), st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda pair: (min(pair), max(pair)))
)
channels = st.lists(
    st.builds(
        lambda kind, days, hours, state: offered(kind, basis(str(kind), days=days, urgent_hours=hours), state=state),
        st.sampled_from(OBTAINS + HOLDS),
        durations,
        st.one_of(st.none(), st.integers(1, 96)),
        st.sampled_from(["US", "IE"]),
    ),
    min_size=1,
    max_size=6,
)
needs = st.builds(
    wanted, st.one_of(st.none(), st.integers(-5, 400)), st.sampled_from(list(Urgency)), st.booleans(), st.booleans()
)


@given(needs, channels)
def test_no_route_that_comes_too_late_is_preferred_to_one_that_comes_in_time(needed, given_channels):
    ranked = [route.in_time for route in found(needed, *given_channels)]
    if ranked and ranked[0] == "no":
        assert set(ranked) == {"no"}
    if ranked and ranked[0] == "unknown":
        assert not {"yes", "if-preserved"} & set(ranked)


@given(needs, channels)
def test_what_could_be_lost_before_the_route_delivers_is_kept_first_where_anything_keeps_it(needed, given_channels):
    keeping = {c.state for c in given_channels if c.kind in HOLDS}
    for route in found(needed, *given_channels):
        first = route.steps[0].kind.phase
        if route.state in keeping and not needed.preserved and route.in_time != "yes":
            assert first is Phase.PRESERVE
        if needed.preserved:
            assert first is not Phase.PRESERVE


@given(needs, channels)
def test_a_route_is_called_in_time_only_where_its_longest_duration_ends_before_the_loss(needed, given_channels):
    for route in found(needed, *given_channels):
        last = route.steps[-1].basis
        fast = needed.urgency is Urgency.EMERGENCY and last.urgent_hours is not None
        longest = (last.urgent_hours + 23) // 24 if fast else last.days[1] if last.days else None
        if route.in_time == "yes" and needed.days_left is not None:
            assert longest is not None
            assert longest <= needed.days_left


@given(st.integers(11, 179), st.sampled_from(list(Urgency)))
def test_the_rapid_response_path_is_taken_where_the_slow_one_would_come_too_late(days_left, urgency):
    """Assistance takes at least 180 days: with fewer left the order of days is taken, whatever stands in the list."""
    assert found(wanted(days_left, urgency), MLA, ORDER_OF_DAYS)[0].kind is ChannelKind.PRODUCTION_ORDER


@given(st.integers(1, 9))
def test_in_an_emergency_the_hours_count_and_not_the_days(days_left):
    best = found(wanted(days_left, Urgency.EMERGENCY), MLA, ORDER_OF_DAYS)[0]
    assert (best.kind, best.in_time) == (ChannelKind.PRODUCTION_ORDER, "yes")
    slow = found(wanted(days_left, Urgency.ROUTINE), ORDER_OF_DAYS)[0]
    assert slow.in_time == "unknown"


def test_emergency_disclosure_beats_assistance_that_comes_too_late():
    assert found(wanted(3, Urgency.EMERGENCY), MLA, EMERGENCY)[0].kind is ChannelKind.EMERGENCY_DISCLOSURE


@given(st.integers(0, 719))
def test_the_contact_point_comes_before_assistance_that_may_come_too_late(days_left):
    best = found(wanted(days_left), MLA, CONTACT_POINT)[0]
    assert [step.kind for step in best.steps] == [ChannelKind.EXPEDITED_PRESERVATION, ChannelKind.MLA]
    assert best.in_time == "if-preserved"


def test_nothing_is_kept_that_is_not_at_risk():
    best = found(wanted(720), MLA, CONTACT_POINT)[0]
    assert ([step.kind for step in best.steps], best.in_time) == ([ChannelKind.MLA], "yes")


def test_money_is_held_first_and_followed_beside_the_request():
    stop = offered(ChannelKind.STOP_PAYMENT, basis("stop"))
    units = offered(ChannelKind.FIU_EXCHANGE, basis("units", yields="information"))
    request = offered(ChannelKind.MLA, basis("request"))
    best = found(wanted(None, asset=True), request, units, stop)[0]
    assert [step.kind for step in best.steps] == [ChannelKind.STOP_PAYMENT, ChannelKind.FIU_EXCHANGE, ChannelKind.MLA]


def test_two_reasons_for_one_way_are_one_route():
    twice = offered(ChannelKind.MLA, basis("one", through="the ministries"), basis("other", through="the ministries"))
    other = offered(ChannelKind.MLA, basis("direct", through="the judges"))
    assert [route.steps[-1].basis.reason.rule for route in found(wanted(None), twice)] == ["one"]
    assert len(found(wanted(None), twice, other)) == 2


def test_a_route_is_told_the_grounds_of_the_ways_it_takes():
    asked: list[frozenset[str]] = []
    routes(wanted(1), [MLA, CONTACT_POINT], lambda _, ways: asked.append(ways) or [], lambda _, __: [])
    assert asked == [frozenset({"expedited-preservation", "mla"})]


def test_every_expected_duration_of_the_rulebook_names_a_source_that_gives_one():
    """A rule that says how long a channel takes cites a provision whose summary tells a time, or public data."""
    times = ("hour", "day", "month", "public", "without delay", "at once")
    book = Rulebook.shipped()
    silent = []
    for rule in book.rules:
        if any("days" in terms for _, terms in rule.heads):
            cited = [cite.split("/") for cite in rule.cites if "/" in cite]
            said = " ".join(book.authorities[authority].articles[article].says for authority, article in cited)
            if not any(time in said for time in times):
                silent.append(rule.id)
    assert silent == []
