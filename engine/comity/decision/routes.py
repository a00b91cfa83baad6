"""Lawful routes to an item: what to do in which order, how long it takes, and which to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final
from typing import Literal as Word

from comity.decision.model import Channel, ChannelBasis, Ground, Route, RouteStep, Safeguard
from comity.decision.wording import action
from comity.law.terms import ChannelKind, Phase, Urgency

HOURS_OF_AN_UNKNOWN_DURATION: Final = 24 * 30
"""In an emergency a route of unknown duration ranks behind those of days and before those of many months."""

DAYS_OF_THE_SLOWEST_ROUTE: Final = 3650
"""What lasts longer than ten years outlasts a route of unknown duration."""


@dataclass(frozen=True)
class Wanted:
    """What the routes of an item are measured by.

    ``days_left`` is ``None`` where nobody knows when the item is lost; ``preserved`` says that data is preserved, or
    an asset held, already; ``nearest`` is the state where data lies or, where nobody knows, where its custodian has its
    seat; ``asset`` says that the item is money, which financial intelligence follows beside the request.
    """

    item: str
    days_left: int | None
    preserved: bool
    urgency: Urgency
    nearest: str | None
    order: tuple[ChannelKind, ...]
    asset: bool = False


_HOLDS: Final = (
    ChannelKind.EXPEDITED_PRESERVATION,
    ChannelKind.INFORMAL_PRESERVATION,
    ChannelKind.STOP_PAYMENT,
    ChannelKind.VOLUNTARY_FREEZE,
)
"""What keeps an item from being lost, the most binding first."""


def routes(
    wanted: Wanted,
    channels: Iterable[Channel],
    grounds: Callable[[str, frozenset[str]], list[Ground]],
    safeguards: Callable[[str, frozenset[str]], list[Safeguard]],
) -> list[Route]:
    """The lawful routes to an item, the best first.

    A route is one basis of an offered channel that obtains the item, preceded by what preserves or holds it in the
    same state where it could be lost before the route delivers; money is followed through financial intelligence too.
    Bases that differ in nothing but their reason are one route. *grounds* and *safeguards* give what speaks of the
    kinds of channel on the way to a state.
    """
    offered = [channel for channel in channels if channel.status == "offered"]
    found = [
        _route(wanted, channel, basis, offered, grounds, safeguards)
        for channel in offered
        if channel.kind.phase in (Phase.OBTAIN, Phase.PERSON, Phase.PROCEEDINGS)
        for basis in channel.bases
    ]
    best: dict[tuple[object, ...], Route] = {}
    for route in sorted(found, key=lambda route: _rank(wanted, route)):
        best.setdefault((route.state, *((step.kind, step.basis.through) for step in route.steps), route.days), route)
    return list(best.values())


def _route(
    wanted: Wanted,
    channel: Channel,
    basis: ChannelBasis,
    offered: list[Channel],
    grounds: Callable[[str, frozenset[str]], list[Ground]],
    safeguards: Callable[[str, frozenset[str]], list[Safeguard]],
) -> Route:
    last = _step(wanted, channel, basis)
    steps: list[RouteStep] = []
    if _could_be_lost(wanted, basis):
        steps += _first_of(wanted, offered, channel.state, *_HOLDS)
    kept = bool(steps) or wanted.preserved
    if wanted.asset:
        steps += _first_of(wanted, offered, channel.state, ChannelKind.FIU_EXCHANGE)
    steps.append(last)
    ways = frozenset(str(step.kind) for step in steps)
    return Route(
        kind=channel.kind,
        state=channel.state,
        steps=steps,
        days=basis.days,
        in_time=_in_time(wanted, basis, kept),
        yields=basis.yields,
        grounds=grounds(channel.state, ways),
        safeguards=safeguards(channel.state, ways),
    )


def _step(wanted: Wanted, channel: Channel, basis: ChannelBasis) -> RouteStep:
    text = action(channel.kind, channel.state, wanted.item, basis.through)
    return RouteStep(kind=channel.kind, state=channel.state, action=text, basis=basis)


def _first_of(wanted: Wanted, offered: list[Channel], state: str, *kinds: ChannelKind) -> list[RouteStep]:
    for kind in kinds:
        for channel in offered:
            if channel.kind == kind and channel.state == state and channel.bases:
                return [_step(wanted, channel, channel.bases[0])]
    return []


def _expected(wanted: Wanted, basis: ChannelBasis) -> tuple[int, int] | None:
    """Shortest and longest expected duration in days: in an emergency that of the rapid answer, where there is one."""
    if wanted.urgency is Urgency.EMERGENCY and basis.urgent_hours is not None:
        return (0, ceil(basis.urgent_hours / 24))
    return basis.days


def _could_be_lost(wanted: Wanted, basis: ChannelBasis) -> bool:
    if wanted.preserved:
        return False
    expected = _expected(wanted, basis)
    if expected is None:
        return wanted.days_left is None or wanted.days_left < DAYS_OF_THE_SLOWEST_ROUTE
    return expected[1] > (1 if wanted.days_left is None else wanted.days_left)


def _in_time(wanted: Wanted, basis: ChannelBasis, kept: bool) -> Word["yes", "if-preserved", "no", "unknown"]:
    if wanted.days_left is not None and wanted.days_left < 0 and not wanted.preserved:
        return "no"
    expected = _expected(wanted, basis)
    if expected is not None and wanted.days_left is not None and expected[1] <= wanted.days_left:
        return "yes"
    if kept:
        return "if-preserved"
    if wanted.days_left is None and not _could_be_lost(wanted, basis):
        return "yes"
    if wanted.days_left is None or expected is None:
        return "unknown"
    return "no" if expected[0] > wanted.days_left else "unknown"


def _rank(wanted: Wanted, route: Route) -> tuple[object, ...]:
    time = {"yes": 0, "if-preserved": 0, "unknown": 1, "no": 2}[route.in_time]
    place = wanted.order.index(route.kind) if route.kind in wanted.order else len(wanted.order)
    longest = route.days[1] if route.days else 9999
    hours = route.steps[-1].basis.urgent_hours
    known = hours if hours is not None else route.days[1] * 24 if route.days else HOURS_OF_AN_UNKNOWN_DURATION
    haste = known if wanted.urgency is Urgency.EMERGENCY else 0
    must = sum(ground.effect == "must" for ground in route.grounds)
    elsewhere = wanted.nearest is not None and route.state != wanted.nearest
    return (
        route.yields != "evidence",
        must > 0,
        time,
        haste,
        elsewhere,
        place,
        longest,
        route.steps[-1].basis.reason.rule,
    )
