"""The one path from a case to a decision."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from comity import __version__
from comity.decision import agency, claims, counterpart, items, lead, plan, replies, routes, ways_out
from comity.decision.model import Decision, Digest, ItemAdvice, Measure, Undecided, Warning
from comity.decision.reasons import Reasons
from comity.law.case import Case, Data, Unknown
from comity.law.facts import facts
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.terms import Answer, ChannelKind, Phase
from comity.logic.agreement import Reading, Readings, Reference
from comity.logic.model import Model
from comity.logic.terms import Literal


@dataclass(frozen=True)
class Opinion:
    """A decision with all that it rests on, for questions about it.

    ``counterparts`` has, by the id of a request from abroad, what the state that asks would be advised.
    """

    case: Case
    as_of: date
    reasons: Reasons
    decision: Decision
    counterparts: dict[str, Opinion] = field(default_factory=dict)

    @property
    def rulebook(self) -> Rulebook:
        """The rules under which it is given."""
        return self.reasons.rulebook

    @property
    def model(self) -> Model:
        """What the rules conclude from the facts."""
        return self.reasons.model


class Counsel:
    """Gives opinions under one rulebook; keeps the readings warm, so that a small change of facts is a small step.

    What an agency's own rules come to in a case is seen beside the opinion under the shipped ones. An opinion
    that advises somebody comes from both readings; what only documents or compares rules may name one.
    """

    def __init__(self, rulebook: Rulebook, readings: Reading | None = None) -> None:
        self.rulebook = rulebook
        self.readings: Reading = readings or Readings(rulebook.program)
        below = rulebook.beneath
        self.beneath = None if below is None else Counsel(below, Reference(below.program))

    def under(self, rulebook: Rulebook) -> Counsel:
        """Counsel by the same readings under a rulebook that has the same rules, and other tables."""
        return Counsel(rulebook, self.readings)

    def opinion(self, case: Case, as_of: date | None = None) -> Opinion:
        """The opinion on *case* under the law of the day *as_of* (default: the case's own day, else today).

        Raises:
            InputError: the case names an offence category that the rulebook has not.
            ReadingsDisagree: the two readings of the rulebook differ; no advice is given.
        """
        day = as_of or case.as_of or date.today()
        check(case, self.rulebook)
        theirs = of_each(counterparts(case), lambda other: self.opinion(other, day))
        model = self.readings.model(stated(case, day, self.rulebook, theirs))
        found = concluded(case, day, Reasons(self.rulebook, model), theirs, self.readings.names)
        return found if self.beneath is None else replace(found, decision=self._departing(found, self.beneath))

    def _departing(self, opinion: Opinion, beneath: Counsel) -> Decision:
        """The decision with what sets it apart from the shipped rulebook."""
        try:
            shipped = beneath.opinion(opinion.case, opinion.as_of)
        except InputError:  # the case uses words that only this agency's tables have
            shipped = None
        decision, below = opinion.decision, shipped.decision if shipped else None
        models = opinion.model, shipped.model if shipped else None
        found = list(agency.departures(self.rulebook, decision, *models))
        warned = [*agency.permitted_anew(decision, below), *decision.warnings]
        return decision.model_copy(update={"departures": found, "warnings": warned})


def counterparts(case: Case) -> dict[str, Case]:
    """The case as each state that asks has it, by the id of the request; one and the same where it is the same."""
    found: dict[str, Case] = {}
    known: dict[tuple[str, str, str], Case] = {}
    for request in case.requests:
        other = counterpart.turned_round(case, request)
        if other is not None:
            found[request.id] = known.setdefault((str(other.forum), str(other.authority), str(other.stage)), other)
    return found


T = TypeVar("T")


def of_each(cases: Mapping[str, Case], make: Callable[[Case], T]) -> dict[str, T]:
    """What is made of each of *cases*, once of each."""
    made = {id(case): make(case) for case in {id(case): case for case in cases.values()}.values()}
    return {name: made[id(case)] for name, case in cases.items()}


def stated(case: Case, day: date, rulebook: Rulebook, theirs: Mapping[str, Opinion]) -> frozenset[Literal]:
    """All that rules may read: the facts of the case, of the tables, and what holds for those who ask."""
    return facts(case, rulebook.tables, day) | told(case, theirs)


def told(case: Case, theirs: Mapping[str, Opinion]) -> frozenset[Literal]:
    """What holds for those who ask, as facts of the case."""
    seen = {request.id: theirs[request.id].reasons if request.id in theirs else None for request in case.requests}
    return frozenset(fact for r in case.requests for fact in counterpart.seen(r, str(case.forum), seen[r.id]))


def concluded(
    case: Case,
    day: date,
    reasons: Reasons,
    theirs: dict[str, Opinion],
    readings: Iterable[str] = Readings.names,
) -> Opinion:
    """The opinion on a case once its model is known, and by which *readings*."""
    known = {id_: opinion.reasons for id_, opinion in theirs.items()}
    return Opinion(case, day, reasons, _decision(case, day, reasons, known, readings), theirs)


def decide(case: Case, rulebook: Rulebook, as_of: date | None = None) -> Decision:
    """The decision on one case; see :meth:`Counsel.opinion`."""
    return Counsel(rulebook).opinion(case, as_of).decision


def check(case: Case, rulebook: Rulebook) -> None:
    """See that a case uses words of the rulebook only.

    Raises:
        InputError: an offence category, or an instrument that a request names, is not in its tables.
    """
    known = rulebook.tables.offences
    instruments = rulebook.tables.instruments
    faults = [
        Finding(
            Place(f"case {case.case}"),
            "F110",
            f"requests.{request.id}: '{request.instrument}' is no instrument",
            one_of(str(request.instrument), instruments) or "'comity show instruments' lists them",
        )
        for request in case.requests
        if not isinstance(request.instrument, Unknown) and request.instrument not in instruments
    ]
    faults += [
        Finding(
            Place(f"case {case.case}"),
            "F109",
            f"offences.{offence.id}: '{offence.category}' is no category of offence",
            one_of(offence.category, known) or "'comity show offences' lists them",
        )
        for offence in case.offences
        if offence.category not in known
    ]
    if faults:
        raise InputError(faults)


def _decision(
    case: Case, as_of: date, reasons: Reasons, theirs: dict[str, Reasons], readings: Iterable[str]
) -> Decision:
    rulebook, model = reasons.rulebook, reasons.model
    found = claims.claims(reasons)
    conflict = claims.conflict(reasons, found)
    leading = lead.lead(reasons, found)
    data = [_item(case, reasons, d.id, "data", d.description, as_of) for d in case.data]
    assets = [_item(case, reasons, a.id, "asset", a.description, as_of) for a in case.assets]
    persons = [_item(case, reasons, p.id, "person", p.role.explanation, as_of) for p in case.persons]
    persons = [person for person in persons if person.channels]
    if case.requests:
        data, assets, persons = ([_at_home(item) for item in group] for group in (data, assets, persons))
    expiry = {d.id: d.expires_on for d in case.data if not isinstance(d.expires_on, Unknown)}
    replied = replies.replies(case, reasons, theirs, as_of)
    done = {(step.kind, step.item, str(step.state)) for step in case.steps}
    return Decision(
        case=case.case,
        title=case.title,
        forum=case.forum,
        as_of=as_of,
        suppositions=list(rulebook.suppositions),
        replies=replied,
        lead=leading,
        claims=found,
        conflict=conflict,
        data=data,
        assets=assets,
        persons=persons,
        plan=replies.plan(replied, as_of)
        if replied
        else plan.plan([*data, *assets, *persons], expiry, done, leading, conflict, as_of),
        warnings=[
            *_warnings(reasons, [] if replied else [*data, *assets, *persons]),
            *replies.unverified(replied),
        ],
        prevention=[
            Measure(measure=measure, about=about, reasons=reasons.for_and_against("prevention", about, measure)[0])
            for about, measure in reasons.held("prevention")
        ],
        undecided=list(replies.undecided(replied) if replied else _undecided(reasons)),
        ways_out=[] if replied else ways_out.ways_out(reasons, case, [*data, *assets, *persons], found),
        digest=Digest(
            facts=_digest(model.facts),
            rulebook=rulebook.digest,
            comity=__version__,
            readings=list(readings),
        ),
    )


def _item(case: Case, reasons: Reasons, item: str, sort: str, description: str, as_of: date) -> ItemAdvice:
    known = next((d for d in case.data if d.id == item), None)
    direct = items.direct_access(reasons, item)
    found = items.channels(reasons, item)
    states = items.addressees(reasons, item)
    wanted = routes.Wanted(
        item,
        None if known is None or isinstance(known.expires_on, Unknown) else (known.expires_on - as_of).days,
        _kept(case, item),
        case.urgency,
        None if known is None else _nearest(case, known),
        reasons.rulebook.preferences.order,
        asset=sort == "asset",
    )
    lawful = routes.routes(
        wanted,
        found,
        lambda state, ways: items.grounds(reasons, item, state, ways),
        lambda state, ways: items.safeguards(reasons, item, state, ways),
    )
    return ItemAdvice.model_validate(
        {
            "item": item,
            "sort": sort,
            "description": description,
            "addressees": states,
            "direct_access": direct,
            "routes": lawful,
            "recommended": lawful[0] if lawful else None,
            "channels": found,
            "must_not": items.prohibitions(reasons, item, direct),
        }
    )


def _nearest(case: Case, data: Data) -> str | None:
    """The state where data is stored or, where nobody knows, that of the seat of whoever holds it."""
    if not isinstance(data.stored_in, Unknown):
        return str(data.stored_in)
    holder = next((c for c in case.custodians if c.id == data.custodian), None)
    return None if holder is None or isinstance(holder.seat, Unknown) else str(holder.seat)


def _at_home(item: ItemAdvice) -> ItemAdvice:
    """The advice on an item of which others ask us: our own law is the only way that is ours to go."""
    routes = [route for route in item.routes if route.kind is ChannelKind.DOMESTIC_ORDER]
    return item.model_copy(update={"routes": routes, "recommended": None})


def _kept(case: Case, item: str) -> bool:
    """Whether nothing has to be done to keep an item: data preserved, an asset held already, or a person."""
    held = any(step.item == item and step.kind.phase is Phase.PRESERVE for step in case.steps)
    data = next((d for d in case.data if d.id == item), None)
    if data is not None:
        return data.preserved is Answer.YES
    return held or all(asset.id != item for asset in case.assets)


def _warnings(reasons: Reasons, advice: list[ItemAdvice]) -> Iterable[Warning]:
    for about, code in reasons.held("warning"):
        why = reasons.for_and_against("warning", about, code)[0]
        yield Warning(code=code, about=about, text=why[0].text, reasons=why)
    for item in advice:
        if item.recommended is not None and item.recommended.in_time == "no":
            text = f"{item.item} is deleted before the recommended route can deliver, and nothing offered preserves it"
            yield Warning(code="too-late", about=item.item, text=text, reasons=[])
        yield from _unverified(reasons, item)


def _unverified(reasons: Reasons, item: ItemAdvice) -> Iterable[Warning]:
    """Advice that rests on a source nobody has checked says so."""
    if item.recommended is None:
        return
    step = item.recommended.steps[-1]
    weak = [step.basis.reason] if step.basis.reason.verified == "no" else []
    rows = _unverified_rows(reasons, item.item, step.state, step.kind)
    if weak or rows:
        parts = [f"the text of {', '.join(weak[0].cites)} has not been read by a person"] if weak else []
        parts += [f"the table row for {row} is not verified" for row in rows]
        text = f"the recommended route to {item.item} rests on a source to be verified first: {'; '.join(parts)}"
        yield Warning(code="unverified", about=item.item, text=text, reasons=weak)


def _unverified_rows(reasons: Reasons, item: str, state: str, kind: ChannelKind) -> list[str]:
    tables = reasons.rulebook.tables
    seen: set[Literal] = set()
    todo = [Literal("channel", (item, state, str(kind)))]
    rows: list[str] = []
    while todo:
        literal = todo.pop()
        if literal in seen:
            continue
        seen.add(literal)
        row = tables.row_behind(literal.relation, tuple(map(str, literal.terms)))
        if row is not None and row["verified"] == "no":
            rows.append("/".join(map(str, literal.terms)))
        todo += [premise for firing in reasons.model.supporters(literal) for premise in firing.premises]
    return sorted(set(rows))


def _undecided(reasons: Reasons) -> Iterable[Undecided]:
    for relation, name in (
        ("direct_access", "{0}.direct-access"),
        ("channel", "{0}.{2}.{1}"),
        ("claim", "claim.{0}.{1}"),
    ):
        for arguments in reasons.contested(relation):
            why, against = reasons.for_and_against(relation, *arguments)
            first = [*why, *against][0]
            yield Undecided(topic=name.format(*arguments), text=first.text, reasons=why, against=against)


def _digest(stated: Iterable[Literal]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, stated))).encode()).hexdigest()
