"""All that could be expected of advice, so that what tells two pieces of it apart can be put as an expectation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from comity.decision.draft import Draft
from comity.decision.model import Channel, ChannelBasis, ItemAdvice, RequestReply
from comity.scenario.expectation import TermsExpectation
from comity.scenario.judging import applied, limit_told
from comity.scenario.reasons import topics


class Line(NamedTuple):
    """One thing that is expected: under which keys, and the value there, which may be an entry of a list."""

    keys: tuple[str, ...]
    value: str

    def __str__(self) -> str:
        return f"{'.'.join(self.keys)}: {self.value}"


NOT: Final = {
    "addressees": "no_addressees",
    "bases": "no_bases",
    "undecided_bases": "no_bases",
    "grounds": "no_grounds",
    "safeguards": "no_safeguards",
    "must_not": "not_forbidden",
    "ways_out": "no_way_out",
    "open": "not_open",
    "ways": "no_ways",
    "missing": "not_missing",
    "unchecked": "not_unchecked",
    "conditions": "no_conditions",
    "time_limits": "no_time_limits",
    "plan": "not_planned",
    "warnings": "no_warnings",
    "prevention": "no_prevention",
    "undecided": "not_undecided",
    "consult": "no_consult",
    "reasons": "no_reasons",
    "against": "no_against",
    "applied": "not_applied",
}
"""The lists that have a twin, which says what must not be among them."""

LISTS: Final = frozenset({*NOT, *NOT.values()})
"""The keys of lists of what goes with an answer, and of their twins."""

_Lines = Iterator[Line]


def would_tell_apart(right: Draft, wrong: Draft) -> list[Line]:
    """What could be expected so that *right* is as expected and *wrong* is not, plainest first.

    The plainest are the answers themselves; then what goes with them; then the terms of channels, and the reasons.
    """
    true, false = (dict.fromkeys(expectable(draft)) for draft in (right, wrong))
    found = [line for line in true if line not in false]
    about = {_about(line) for line in true}
    found += [
        denied
        for line in false
        if _about(line) in about
        and not any(twin in true for twin in _twins(line))
        and (denied := _denied(line)) is not None
    ]
    return sorted(found, key=plainness)


_NAMES_OF: Final = {"items": 2, "replies": 3}
"""How many keys name an item, and the reply to a request on one."""


def _about(line: Line) -> tuple[str, ...]:
    """The item or the reply that is spoken of: of one that the advice does not have, nothing can be expected."""
    return line.keys[: _NAMES_OF.get(line.keys[0], 0)]


def _twins(line: Line) -> Iterator[Line]:
    """What would be denied with it: a basis that is not held may be undecided, and is no absent one."""
    for number, key in enumerate(line.keys):
        if key in NOT:
            for twin in NOT:
                if NOT[twin] == NOT[key]:
                    yield Line((*line.keys[:number], twin, *line.keys[number + 1 :]), line.value)
            return
    yield line


def _denied(line: Line) -> Line | None:
    """The expectation that a thing is not there; none where only its place in a list of answers says so."""
    place = next((number for number, key in enumerate(line.keys) if key in NOT), None)
    if place is None or (line.keys[0] == "items" and line.keys[-1] == "undecided"):
        return None
    return Line((*line.keys[:place], NOT[line.keys[place]], *line.keys[place + 1 :]), line.value)


_LESS_PLAIN: Final = (
    "refused",
    "factors",
    "terms",
    "reasons",
    "no_reasons",
    "against",
    "no_against",
    "applied",
    "not_applied",
)


def plainness(line: Line) -> int:
    """The less the plainer: first what is answered, then what goes with it, then the rest in order."""
    ranks = [number for number, key in enumerate(_LESS_PLAIN, 2) if key in line.keys]
    return ranks[0] if ranks else int(not LISTS.isdisjoint(line.keys))


def expectable(draft: Draft) -> _Lines:
    """Each thing that may be expected of what is advised, in the order in which an expectation is written."""
    yield Line(("lead",), draft.lead.state or "none")
    yield Line(("conflict",), draft.conflict.kind)
    for claim in draft.claims:
        yield Line(("claims", claim.state), claim.status)
        for basis in claim.bases:
            if basis.status != "refuted":
                key = "bases" if basis.status == "held" else "undecided_bases"
                yield Line((key, claim.state), str(basis.basis))
    for candidate in draft.lead.candidates:
        for score in candidate.factors:
            yield Line(("factors", candidate.state, score.factor), score.answer)
    yield from (Line(("consult",), ", ".join(sorted(found.states))) for found in draft.conflict.consult)
    for item in draft.items:
        yield from (Line(("items", item.item, *line.keys), line.value) for line in _of_item(item))
    for found in draft.ways_out:
        yield Line(("items", found.item, "dual_criminality", found.state), found.dual_criminality)
        for way in found.ways:
            yield Line(("items", found.item, "ways_out"), f"{way.way} {way.name} {found.state}")
    for reply in draft.replies:
        yield from (Line(("replies", reply.request, reply.item, *line.keys), line.value) for line in _of_reply(reply))
    yield from (Line(("plan",), f"{step.kind} {step.state}" if step.kind else step.id) for step in draft.plan)
    yield from (Line(("warnings",), f"{warning.code} {warning.about}") for warning in draft.warnings)
    yield from (Line(("prevention",), f"{measure.measure} {measure.about}") for measure in draft.prevention)
    yield from (Line(("undecided",), open_.topic) for open_ in draft.undecided)
    for topic, ruling in topics(draft):
        yield from (Line(("reasons", topic), reason.rule) for reason in ruling.reasons)
        yield from (Line(("against", topic), reason.rule) for reason in ruling.against)
    yield from (Line(("applied",), " ".join(rule)) for rule in applied(draft.reasons.model))


def _of_item(item: ItemAdvice) -> _Lines:
    if item.sort == "data":
        yield Line(("direct_access",), item.direct_access.status)
    yield from (Line(("addressees",), state) for state in item.addressees)
    for channel in item.channels:
        name = f"{channel.kind} {channel.state}"
        yield Line((channel.status,), name)
        yield from _terms(name, channel)
    best = item.recommended
    yield Line(("recommended",), f"{best.kind} {best.state}" if best else "none")
    if best is not None:
        yield Line(("in_time",), best.in_time)
    for route in item.routes:
        yield from (Line(("grounds",), f"{g.ground} {g.effect} {route.state}") for g in route.grounds)
        yield from (Line(("safeguards",), f"{s.safeguard} {route.state}") for s in route.safeguards)
    yield from (Line(("must_not",), act.act) for act in item.must_not)


def _terms(name: str, channel: Channel) -> _Lines:
    for basis in channel.bases:
        yield Line(("terms", name), "; ".join(f"{term} {value}" for term, value in _given(basis).items()))


def _given(basis: ChannelBasis) -> Mapping[str, str]:
    values = {term: getattr(basis, term) for term in TermsExpectation.model_fields}
    return {
        term: f"{value[0]} to {value[1]}" if isinstance(value, tuple) else str(value or "none")
        for term, value in values.items()
    }


def _of_reply(reply: RequestReply) -> _Lines:
    yield Line(("reply",), str(reply.reply or "undecided"))
    yield from (Line(("open",), str(word)) for word in reply.open)
    yield from (Line(("ways",), str(way.kind)) for way in reply.ways)
    yield from (Line(("missing",), str(element.element)) for element in reply.missing)
    yield from (Line(("unchecked",), str(element.element)) for element in reply.unchecked)
    yield from (Line(("grounds",), f"{ground.ground} {ground.effect}") for ground in reply.grounds)
    yield from (Line(("conditions",), condition.safeguard) for condition in reply.conditions)
    for limit in reply.time_limits:
        yield Line(("time_limits",), " ".join(limit_told(limit)))
        if limit.due is not None:
            yield Line(("due", limit.step), limit.due.isoformat())
    yield from (Line(("must_not",), act.act) for act in reply.must_not)
