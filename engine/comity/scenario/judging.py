"""How a decision falls short of what is expected of it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from comity.decision.draft import Draft
from comity.decision.model import Decision, ItemAdvice, RequestReply, TimeLimit, WaysOut
from comity.decision.opinion import Opinion
from comity.logic.model import Model
from comity.scenario.expectation import Expectation, ItemExpectation, ReplyExpectation, TermsExpectation
from comity.scenario.naming import Told, shortfalls, told
from comity.scenario.reasons import against, reasons


def judge(expect: Expectation, advice: Opinion | Draft) -> Iterator[str]:
    """How *advice* falls short of what is expected, one sentence each.

    Nothing of it is read that is not expected, so that of a draft no more is worked out than that.
    """
    decision = advice.decision if isinstance(advice, Opinion) else advice
    yield from _judge_jurisdiction(expect, decision)
    for item, wanted_item in expect.items.items():
        try:
            found_item = decision.item(item)
        except KeyError:
            yield f"{item}: the decision has no such item"
            continue
        yield from (f"{item}: {failure}" for failure in _judge_item(wanted_item, found_item))
        if wanted_item.dual_criminality or wanted_item.ways_out or wanted_item.no_way_out:
            ways = [found for found in decision.ways_out if found.item == item]
            yield from (f"{item}: {failure}" for failure in _judge_ways(wanted_item, ways))
    replies = {(reply.request, reply.item): reply for reply in decision.replies} if expect.replies else {}
    for request, of_items in expect.replies.items():
        for item, wanted_reply in of_items.items():
            if (request, item) not in replies:
                yield f"{request}: nothing is replied on {item}"
                continue
            found = _judge_reply(wanted_reply, replies[request, item])
            yield from (f"reply to {request} on {item}: {failure}" for failure in found)
    if expect.plan or expect.not_planned:
        yield from _judge_plan(expect, decision)
    if expect.warnings or expect.no_warnings:
        warnings = [told(warning.code, warning.about) for warning in decision.warnings]
        yield from shortfalls("warning", expect.warnings, expect.no_warnings, warnings)
    if expect.prevention or expect.no_prevention:
        measures = [told(measure.measure, measure.about) for measure in decision.prevention]
        yield from shortfalls("measure", expect.prevention, expect.no_prevention, measures)
    if expect.undecided or expect.not_undecided:
        topics = [told(open_.topic) for open_ in decision.undecided]
        yield from shortfalls("undecided topic", expect.undecided, expect.not_undecided, topics)
    for noun, given, wanted, unwanted in (
        ("reason", reasons, expect.reasons, expect.no_reasons),
        ("reason against it", against, expect.against, expect.no_against),
    ):
        for topic in dict.fromkeys((*wanted, *unwanted)):
            rules = [told(reason.rule) for reason in given(decision, topic)]
            found = shortfalls(noun, wanted.get(topic, []), unwanted.get(topic, []), rules)
            yield from (f"{topic}: {failure}" for failure in found)
    if expect.applied or expect.not_applied:
        named = frozenset(wanted.split()[0] for wanted in (*expect.applied, *expect.not_applied))
        found = shortfalls("rule", expect.applied, expect.not_applied, list(applied(advice.reasons.model, named)))
        yield from (f"rules that apply: {failure}" for failure in found)


def applied(model: Model, rules: Container[str] | None = None) -> Iterator[Told]:
    """The rules that apply, each with what it speaks of, whether it prevails or not; of *rules* if they are given."""
    for head, firings in model.firings.items():
        ids = {firing.rule.id.split("/")[0] for firing in firings}
        yield from (told(id_, *head.terms) for id_ in sorted(ids) if rules is None or id_ in rules)


def _judge_jurisdiction(expect: Expectation, decision: Decision | Draft) -> Iterator[str]:
    if expect.lead is not None:
        lead = decision.lead.state or "none"
        if lead != expect.lead:
            yield f"lead: {expect.lead} is expected, {lead} is recommended ({decision.lead.text})"
    if expect.conflict is not None and decision.conflict.kind != expect.conflict:
        yield f"conflict: {expect.conflict} is expected, it is {decision.conflict.kind} ({decision.conflict.text})"
    stating = dict.fromkeys([*expect.bases, *expect.undecided_bases, *expect.no_bases])
    claims = {claim.state: claim for claim in decision.claims} if expect.claims or stating else {}
    for state, wanted in expect.claims.items():
        status = claims[state].status if state in claims else "none"
        if status != wanted:
            yield f"claim of {state}: {wanted} is expected, it is {status}"
    for state in stating:
        bases = claims[state].bases if state in claims else []
        held = [told(b.basis) for b in bases if b.status == "held"]
        open_ = [told(b.basis) for b in bases if b.status == "undecided"]
        of_state = f"claim of {state}: the"
        yield from shortfalls(f"{of_state} basis", expect.bases.get(state, []), [], held)
        yield from shortfalls(f"{of_state} undecided basis", expect.undecided_bases.get(state, []), [], open_)
        yield from shortfalls(f"{of_state} basis", [], expect.no_bases.get(state, []), [*held, *open_])
    rows = decision.lead.candidates if expect.factors else []
    matrix = {row.state: {score.factor: score.answer for score in row.factors} for row in rows}
    for state, answers in expect.factors.items():
        if state not in matrix:
            yield f"factors for {state}: it is no candidate for the lead"
            continue
        for factor, answer in answers.items():
            given = matrix[state].get(factor)
            if given != answer:
                yield f"factor {factor} for {state}: {answer} is expected, it is {given or 'no factor'}"
    consult = [set(c.states) for c in decision.conflict.consult] if expect.consult or expect.no_consult else []
    yield from (f"{' and '.join(p)}: a duty to consult is expected" for p in expect.consult if set(p) not in consult)
    yield from (f"{' and '.join(p)}: no duty to consult is expected" for p in expect.no_consult if set(p) in consult)


def _judge_item(expect: ItemExpectation, advice: ItemAdvice) -> Iterator[str]:
    status = advice.direct_access.status
    if expect.direct_access is not None and status != expect.direct_access:
        yield f"direct access: {expect.direct_access} is expected, it is {status}"
    addressees = [told(state) for state in advice.addressees]
    yield from shortfalls("addressee", expect.addressees, expect.no_addressees, addressees)
    channels = {f"{channel.kind} {channel.state}": channel.status for channel in advice.channels}
    for wanted, names in (("offered", expect.offered), ("refused", expect.refused), ("undecided", expect.undecided)):
        for name in names:
            if name not in channels:
                yield f"{name}: nothing is said of it; addressees are {', '.join(advice.addressees) or 'none'}"
            elif channels[name] != wanted:
                yield f"{name}: {wanted} is expected, it is {channels[name]}"
    for name, terms in expect.terms.items():
        yield from _judge_terms(name, terms, advice)
    best = advice.recommended
    name = f"{best.kind} {best.state}" if best else "none"
    if expect.recommended is not None and name != expect.recommended:
        yield f"{expect.recommended} is expected to be recommended, {name} is"
    if expect.in_time is not None and (best is None or best.in_time != expect.in_time):
        yield f"in time: {expect.in_time} is expected, it is {best.in_time if best else 'no route'}"
    grounds = [told(g.ground, g.effect, route.state) for route in advice.routes for g in route.grounds]
    yield from shortfalls("refusal ground", expect.grounds, expect.no_grounds, grounds)
    guards = [told(s.safeguard, route.state) for route in advice.routes for s in route.safeguards]
    yield from shortfalls("safeguard", expect.safeguards, expect.no_safeguards, guards)
    acts = [told(act.act) for act in advice.must_not]
    yield from shortfalls("prohibition", expect.must_not, expect.not_forbidden, acts)


def _judge_terms(name: str, expect: TermsExpectation, advice: ItemAdvice) -> Iterator[str]:
    bases = [basis for c in advice.channels if f"{c.kind} {c.state}" == name for basis in c.bases]
    wanted = expect.model_dump(exclude_none=True)
    given = [{term: getattr(basis, term) or "none" for term in wanted} for basis in bases]
    if wanted not in given:
        there = "; ".join(", ".join(f"{term} {_shown(value)}" for term, value in terms.items()) for terms in given)
        terms = ", ".join(f"{term} {_shown(value)}" for term, value in wanted.items())
        yield f"{name}: {terms} is expected, there is: {there or 'no rule that opens it'}"


def _shown(value: object) -> str:
    return f"{value[0]} to {value[1]}" if isinstance(value, tuple) else str(value)


def _judge_reply(expect: ReplyExpectation, found: RequestReply) -> Iterator[str]:
    given = str(found.reply or "undecided")
    if expect.reply is not None and given != expect.reply:
        why = "; ".join(reason.text for reason in found.reasons)
        yield f"{expect.reply} is expected, it is {given} ({why})"
    due = {limit.step: limit.due for limit in found.time_limits}
    for step, day in expect.due.items():
        if due.get(step) != day:
            yield f"{step} is expected by {day}, it is due {due.get(step) or 'on no known day'}"
    grounds = [told(ground.ground, ground.effect) for ground in found.grounds]
    conditions = [told(condition.safeguard) for condition in found.conditions]
    acts = [told(act.act) for act in found.must_not]
    limits = [limit_told(limit) for limit in found.time_limits]
    missing, unchecked = ([told(e.element) for e in group] for group in (found.missing, found.unchecked))
    yield from shortfalls("open reply", expect.open, expect.not_open, [told(reply) for reply in found.open])
    yield from shortfalls("way", expect.ways, expect.no_ways, [told(way.kind) for way in found.ways])
    yield from shortfalls("missing element", expect.missing, expect.not_missing, missing)
    yield from shortfalls("unchecked element", expect.unchecked, expect.not_unchecked, unchecked)
    yield from shortfalls("refusal ground", expect.grounds, expect.no_grounds, grounds)
    yield from shortfalls("condition", expect.conditions, expect.no_conditions, conditions)
    yield from shortfalls("time limit", expect.time_limits, expect.no_time_limits, limits)
    yield from shortfalls("prohibition", expect.must_not, expect.not_forbidden, acts)


def limit_told(limit: TimeLimit) -> Told:
    """A time limit as an expectation has it, such as ``produce 8 hours`` or ``notify at once``."""
    at_once = ("at", "once") if limit.days is limit.hours is None else ()
    return told(limit.step, *at_once, *_length(limit.days, "days"), *_length(limit.hours, "hours"))


def _length(number: int | None, unit: str) -> tuple[object, ...]:
    return () if number is None else (number, unit)


def _judge_ways(expect: ItemExpectation, ways: list[WaysOut]) -> Iterator[str]:
    for state, wanted in expect.dual_criminality.items():
        found: set[str] = {entry.dual_criminality for entry in ways if entry.state == state}
        found = found or {"held"}
        if wanted not in found:
            yield f"dual criminality with {state}: {wanted} is expected, it is {' or '.join(sorted(found))}"
    names = sorted({f"{way.way} {way.name} {entry.state}" for entry in ways for way in entry.ways})
    yield from (f"way out {w} is expected, there are {names}" for w in expect.ways_out if w not in names)
    yield from (f"way out {w} is not expected" for w in expect.no_way_out if w in names)


def _judge_plan(expect: Expectation, decision: Decision | Draft) -> Iterator[str]:
    planned = [f"{step.kind} {step.state}" if step.kind else step.id for step in decision.plan]
    yield from (f"plan: {step} is not expected, but planned" for step in expect.not_planned if step in planned)
    rest = iter(planned)
    for wanted in expect.plan:
        if wanted not in rest:
            yield f"plan: {wanted} is expected in this order, planned are {', '.join(planned) or 'no steps'}"
            return
