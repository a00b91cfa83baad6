"""The shape of a decision: what a program, a report or a person reads. Its JSON Schema is published."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from comity.law.terms import ChannelKind, Reply, RequestElement

Status = Literal["offered", "refused", "undecided"]
Permission = Literal["permitted", "refused", "undecided"]
Verified = Literal["yes", "partly", "no"]


class Shape(BaseModel):
    """What all parts of a decision share; how one is validated is worked out when the first is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Reason(Shape):
    """Why: one rule that speaks for or against a conclusion.

    ``verified`` is the weakest verification among the articles cited: ``no`` means that somebody has to read the
    text before an officer relies on it.
    """

    text: str
    rule: str
    title: str
    cites: list[str]
    verified: Verified


class Ruling(Shape):
    """The reasons for and against a conclusion; ``against`` lists those that were beaten, or that stand against it."""

    reasons: list[Reason]
    against: list[Reason]


class Basis(Ruling):
    """A basis of jurisdiction that a state may rest a claim on."""

    basis: str
    status: Literal["held", "refuted", "undecided"]


class Claim(Shape):
    """A state's claim to jurisdiction: held when a basis is held and nothing bars the state or may bar it."""

    state: str
    status: Literal["held", "barred", "undecided", "none"]
    bases: list[Basis]
    bars: list[Reason]


class FactorScore(Shape):
    """Whether one factor for the lead speaks for a state."""

    factor: str
    title: str
    weight: int
    answer: Literal["yes", "no", "undecided"]
    reasons: list[Reason]


class Candidate(Shape):
    """A row of the factor matrix: ``score`` under the agency's weights, ``share`` of admissible weightings won."""

    state: str
    score: int
    share: float
    factors: list[FactorScore]


class Lead(Shape):
    """Which state should lead; ``state`` is ``None`` where none can be recommended, and ``text`` says why."""

    state: str | None
    text: str
    candidates: list[Candidate]


class Consultation(Shape):
    """A duty of two states to consult."""

    states: list[str]
    reasons: list[Reason]


class Conflict(Shape):
    """Whether several states claim jurisdiction (positive), none does (negative), or one does (none)."""

    kind: Literal["positive", "negative", "none", "undecided"]
    states: list[str]
    text: str
    consult: list[Consultation]


class ChannelBasis(Shape):
    """One rule that opens a channel, with its terms."""

    reason: Reason
    days: tuple[int, int] | None = None
    urgent_hours: int | None = None
    keeps_days: int | None = None
    follow_up_days: int | None = None
    through: str | None = None
    yields: Literal["evidence", "information"] = "evidence"


class Channel(Ruling):
    """One kind of channel for one item to one state: offered, refused or undecided, always with the reason."""

    kind: ChannelKind
    state: str
    status: Status
    bases: list[ChannelBasis]


class Ground(Shape):
    """A ground on which the addressee may, or must, refuse."""

    ground: str
    effect: Literal["may", "must"]
    reasons: list[Reason]


class Safeguard(Shape):
    """A condition that a request must carry."""

    safeguard: str
    reasons: list[Reason]


class RouteStep(Shape):
    """One step of a route: ``days`` is the expected duration, shortest and longest, where a source gives one."""

    kind: ChannelKind
    state: str
    action: str
    basis: ChannelBasis


class Route(Shape):
    """A lawful way to an item, as ordered steps.

    ``in_time`` compares the expected duration with the day the item expires.
    """

    kind: ChannelKind
    state: str
    steps: list[RouteStep]
    days: tuple[int, int] | None
    in_time: Literal["yes", "if-preserved", "no", "unknown"]
    yields: Literal["evidence", "information"]
    grounds: list[Ground]
    safeguards: list[Safeguard]


class DirectAccess(Ruling):
    """Whether the forum may take the item directly."""

    status: Permission


class Prohibition(Shape):
    """Something that must not be done."""

    act: str
    text: str
    reasons: list[Reason]


class ItemAdvice(Shape):
    """What holds for one item of data, one asset or one person: ``recommended`` is one of ``routes``, or none."""

    item: str
    sort: Literal["data", "asset", "person"]
    description: str
    addressees: list[str]
    direct_access: DirectAccess
    routes: list[Route]
    recommended: Route | None
    channels: list[Channel]
    must_not: list[Prohibition]


class Element(Shape):
    """Something that a request has to state, and by which authority."""

    element: RequestElement
    reasons: list[Reason]


class ProperWay(Shape):
    """A way that is open to the state that asks, instead of the one it took; ``basis`` is what opens it."""

    kind: ChannelKind
    reasons: list[Reason]
    basis: list[ChannelBasis]


class TimeLimit(Shape):
    """A time, counted from receipt, within which something has to be done; without days and hours, at once.

    ``due`` is the last day, where the day of receipt is known.
    """

    step: str
    days: int | None = None
    hours: int | None = None
    due: date | None = None
    reasons: list[Reason]


class RequestReply(Ruling):
    """What a request from abroad is answered for one item.

    ``reply`` is ``None`` where that is undecided; ``open`` then has the replies that come into question. ``basis`` is
    what opens the way that the request took; ``unchecked`` is what it has to state and nobody has looked for;
    ``grounds`` are those on which it may, or must, be refused; ``conditions`` bind the state that asks.
    """

    request: str
    asked_by: str | None
    kind: ChannelKind | None
    addressed_to: str | None
    item: str
    reply: Reply | None
    open: list[Reply]
    basis: list[ChannelBasis]
    ways: list[ProperWay]
    missing: list[Element]
    unchecked: list[Element]
    grounds: list[Ground]
    conditions: list[Safeguard]
    time_limits: list[TimeLimit]
    must_not: list[Prohibition]


class PlanStep(Shape):
    """A step of the plan: begin on ``start``, act by ``due`` at the latest, expect the result in ``expected``."""

    id: str
    action: str
    kind: ChannelKind | None
    state: str | None
    items: list[str]
    start: date
    due: date | None
    expected: tuple[date, date] | None
    after: list[str]
    today: bool
    critical: bool
    note: str
    reasons: list[Reason]


class Warning(Shape):
    """Something the officer must know."""

    code: str
    about: str
    text: str
    reasons: list[Reason]


class Measure(Shape):
    """A preventive measure that the law offers."""

    measure: str
    about: str
    reasons: list[Reason]


class Undecided(Ruling):
    """Norms in conflict: refer to counsel. ``topic`` can be asked about with ``why``."""

    topic: str
    text: str


class WayOut(Shape):
    """A way on without plain dual criminality; ``name`` is a category, an offence, a kind of channel, or a state.

    By its ``way``: another ``qualification`` of the same conduct, another ``offence`` of the case, a ``channel`` that
    asks for no dual criminality, or another state to take the ``lead``.
    """

    way: Literal["qualification", "offence", "channel", "lead"]
    name: str
    text: str
    reasons: list[Reason]


class WaysOut(Shape):
    """What may be done where an offence is not plainly one in both the forum and the state that is asked for an item.

    ``by-conduct`` is dual criminality under another name, which the request has to show.
    """

    item: str
    state: str
    offence: str
    dual_criminality: Literal["missing", "undecided", "unknown", "by-conduct"]
    text: str
    reasons: list[Reason]
    ways: list[WayOut]


class Departure(Shape):
    """Where an agency's own rules depart from those that comity ships, and why.

    ``what`` is the id of a rule, or a file with the rows that are meant. ``applies`` says whether it makes itself felt
    in this case: a disabled rule would have applied, another one or another row is used in its place, an added rule
    applies. ``sovereignty`` marks a shipped rule that keeps evidence from being taken directly.
    """

    change: Literal["disabled", "replaced", "added"]
    what: str
    title: str
    reason: str
    cites: list[str]
    applies: bool
    sovereignty: bool
    text: str


class Digest(Shape):
    """What makes the decision reproducible: digests (SHA-256) of facts and rulebook, and the versions."""

    facts: str
    rulebook: str
    comity: str
    readings: list[str]


class Decision(Shape):
    """The advice on a case under the law of the day ``as_of``.

    ``suppositions`` tells what of it is no law but supposed, such as a treaty in force that is not.
    """

    case: str
    title: str
    forum: str
    as_of: date
    suppositions: list[str] = []
    replies: list[RequestReply] = []
    lead: Lead
    claims: list[Claim]
    conflict: Conflict
    data: list[ItemAdvice]
    assets: list[ItemAdvice]
    persons: list[ItemAdvice]
    plan: list[PlanStep]
    warnings: list[Warning]
    prevention: list[Measure]
    undecided: list[Undecided]
    ways_out: list[WaysOut] = []
    departures: list[Departure] = []
    digest: Digest

    def item(self, name: str) -> ItemAdvice:
        """The advice on an item, asset or person.

        Raises:
            KeyError: the decision has none of that name.
        """
        for advice in (*self.data, *self.assets, *self.persons):
            if advice.item == name:
                return advice
        raise KeyError(name)
