"""What is advised on a case, each part worked out when it is asked for.

Whoever wants to know one thing of the advice, such as a worked case that expects one thing, waits for that alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from comity import __version__
from comity.decision import claims, items, lead, plan, replies, routes, ways_out
from comity.decision.model import (
    Claim,
    Conflict,
    Decision,
    Digest,
    ItemAdvice,
    Lead,
    Measure,
    PlanStep,
    RequestReply,
    Undecided,
    Warning,
    WaysOut,
)
from comity.decision.reasons import Reasons
from comity.law.case import Case, Data, Unknown
from comity.law.terms import Answer, ChannelKind, Phase
from comity.logic.terms import Literal


class Draft:
    """The parts of a :class:`Decision`, by the names that they have there; ``decision`` is the whole.

    *theirs* has, by the id of a request from abroad, what the rules conclude for the state that asks. *before* is the
    draft on the same case whose reasons these were worked out from: what it says of an item is taken over where nothing
    differs that mentions the item.
    """

    def __init__(
        self,
        case: Case,
        as_of: date,
        reasons: Reasons,
        theirs: Mapping[str, Reasons],
        readings: Iterable[str],
        before: Draft | None = None,
    ) -> None:
        self.before = before
        self.case, self.as_of, self.reasons, self.theirs = case, as_of, reasons, dict(theirs)
        self.readings = list(readings)
        self._items: dict[str, ItemAdvice] = {}

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims of each state."""
        return claims.claims(self.reasons)

    @cached_property
    def conflict(self) -> Conflict:
        """Whether claims conflict, and who has to consult whom."""
        return claims.conflict(self.reasons, self.claims)

    @cached_property
    def lead(self) -> Lead:
        """Who should lead."""
        return lead.lead(self.reasons, self.claims)

    @cached_property
    def data(self) -> list[ItemAdvice]:
        """The advice on each piece of data."""
        return [self._item(d.id, "data", d.description) for d in self.case.data]

    @cached_property
    def assets(self) -> list[ItemAdvice]:
        """The advice on each asset."""
        return [self._item(a.id, "asset", a.description) for a in self.case.assets]

    @cached_property
    def persons(self) -> list[ItemAdvice]:
        """The advice on each person who is looked for abroad."""
        advice = (self._item(p.id, "person", p.role.explanation) for p in self.case.persons)
        return [person for person in advice if person.channels]

    @property
    def items(self) -> list[ItemAdvice]:
        """The advice on each thing that is looked for."""
        return [*self.data, *self.assets, *self.persons]

    def item(self, name: str) -> ItemAdvice:
        """The advice on an item, asset or person.

        Raises:
            KeyError: there is none of that name.
        """
        for data in self.case.data:
            if data.id == name:
                return self._item(name, "data", data.description)
        for asset in self.case.assets:
            if asset.id == name:
                return self._item(name, "asset", asset.description)
        for person in self.case.persons:
            if person.id == name and (advice := self._item(name, "person", person.role.explanation)).channels:
                return advice
        raise KeyError(name)

    @cached_property
    def replies(self) -> list[RequestReply]:
        """What each request from abroad is answered."""
        return replies.replies(self.case, self.reasons, self.theirs, self.as_of)

    @cached_property
    def plan(self) -> list[PlanStep]:
        """The steps, in order."""
        if self.replies:
            return replies.plan(self.replies, self.as_of)
        expiry = {d.id: d.expires_on for d in self.case.data if not isinstance(d.expires_on, Unknown)}
        done = {(step.kind, step.item, str(step.state)) for step in self.case.steps}
        return plan.plan(self.items, expiry, done, self.lead, self.conflict, self.as_of)

    @cached_property
    def warnings(self) -> list[Warning]:
        """What the officer must know."""
        advice = [] if self.replies else self.items
        return [*_warnings(self.reasons, advice), *replies.unverified(self.replies)]

    @cached_property
    def prevention(self) -> list[Measure]:
        """The preventive measures."""
        return [
            Measure(measure=measure, about=about, reasons=self.reasons.for_and_against("prevention", about, measure)[0])
            for about, measure in self.reasons.held("prevention")
        ]

    @cached_property
    def undecided(self) -> list[Undecided]:
        """What is for counsel."""
        return list(replies.undecided(self.replies) if self.replies else _undecided(self.reasons))

    @cached_property
    def ways_out(self) -> list[WaysOut]:
        """Ways on without plain dual criminality."""
        return [] if self.replies else ways_out.ways_out(self.reasons, self.case, self.items, self.claims)

    @cached_property
    def digest(self) -> Digest:
        """What makes the decision reproducible."""
        return Digest(
            facts=_digest(self.reasons.model.facts),
            rulebook=self.reasons.rulebook.digest,
            comity=__version__,
            readings=self.readings,
        )

    @cached_property
    def decision(self) -> Decision:
        """All of it."""
        rulebook = self.reasons.rulebook
        return Decision(
            case=self.case.case,
            title=self.case.title,
            forum=self.case.forum,
            as_of=self.as_of,
            suppositions=list(rulebook.suppositions),
            replies=self.replies,
            lead=self.lead,
            claims=self.claims,
            conflict=self.conflict,
            data=self.data,
            assets=self.assets,
            persons=self.persons,
            plan=self.plan,
            warnings=self.warnings,
            prevention=self.prevention,
            undecided=self.undecided,
            ways_out=self.ways_out,
            digest=self.digest,
        )

    def _item(self, item: str, sort: str, description: str) -> ItemAdvice:
        if item in self._items:
            return self._items[item]
        if self.before is not None and item not in self.reasons.mentioned:
            self._items[item] = self.before._item(item, sort, description)
        else:
            advice = _item(self.case, self.reasons, item, sort, description, self.as_of)
            self._items[item] = _at_home(advice) if self.case.requests else advice
        return self._items[item]


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
