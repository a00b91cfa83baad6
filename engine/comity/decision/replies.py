"""What each request from abroad is answered, item by item: the reply, why, by when, and what must not be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from comity.decision import counterpart, items
from comity.decision.model import (
    Element,
    Ground,
    PlanStep,
    Prohibition,
    ProperWay,
    Reason,
    RequestReply,
    Safeguard,
    TimeLimit,
    Undecided,
    Warning,
)
from comity.decision.reasons import Reasons
from comity.law.case import Case, Request, Unknown
from comity.law.state import in_sentence
from comity.law.terms import ChannelKind, Reply, RequestElement
from comity.logic.model import Verdict
from comity.logic.terms import Literal


def replies(case: Case, ours: Reasons, theirs: dict[str, Reasons], as_of: date) -> list[RequestReply]:
    """The reply to each request for each item, in the order of the case file.

    *theirs* has the conclusions for the state that asks, by the id of the request.
    """
    return [_reply(case, r, item, ours, theirs.get(r.id), as_of) for r in case.requests for item in r.items]


def _reply(case: Case, request: Request, item: str, ours: Reasons, theirs: Reasons | None, as_of: date) -> RequestReply:
    verdicts = {reply: ours.verdict("reply", request.id, item, reply) for reply in Reply}
    reply, open_ = _first(verdicts)
    spoken = [reply] if reply else open_
    both = [ours.for_and_against("reply", request.id, item, word) for word in spoken]
    forum = str(case.forum)
    basis = []
    if theirs is not None and isinstance(request.kind, ChannelKind):
        channel = Literal("channel", (item, forum, str(request.kind)))
        basis = theirs.bases(channel) if theirs.verdict("channel", item, forum, request.kind) is Verdict.HELD else []
    withheld = Literal("withheld", (request.id, item))
    blocked = theirs.for_and_against("blocked", item, forum)[0] if theirs and withheld in ours.model.facts else []
    return RequestReply(
        request=request.id,
        asked_by=None if isinstance(request.asked_by, Unknown) else str(request.asked_by),
        kind=None if isinstance(request.kind, Unknown) else request.kind,
        addressed_to=None if isinstance(request.addressed_to, Unknown) else request.addressed_to,
        item=item,
        reply=reply,
        open=open_,
        reasons=_unique(reason for why, _ in both for reason in why),
        against=[] if reply else _unique(reason for _, against in both for reason in against),
        basis=basis,
        ways=list(_ways(ours, theirs, request, item, forum)),
        missing=list(_elements(ours, "missing", request)),
        unchecked=list(_elements(ours, "unchecked", request)),
        grounds=list(_grounds(request, forum, item, theirs)),
        conditions=list(_conditions(request, forum, item, theirs)),
        time_limits=sorted(_limits(ours, request, item), key=_soonest),
        must_not=[
            act.model_copy(update={"reasons": [*blocked, *act.reasons]})
            if _rests_on(withheld, act, ours, item)
            else act
            for act in items.must_not(ours, item)
        ],
    )


def _first(verdicts: dict[Reply, Verdict]) -> tuple[Reply | None, list[Reply]]:
    """The reply that goes before all others that hold, unless one that would go before it is undecided."""
    open_: list[Reply] = []
    for reply, verdict in verdicts.items():
        if verdict is Verdict.UNDECIDED:
            open_.append(reply)
        elif verdict is Verdict.HELD:
            return (reply, []) if not open_ else (None, [*open_, reply])
    return None, open_


def _unique(reasons: Iterable[Reason]) -> list[Reason]:
    return list({(reason.rule, reason.text): reason for reason in reasons}.values())


def _rests_on(premise: Literal, act: Prohibition, ours: Reasons, item: str) -> bool:
    """Whether something is forbidden because of *premise*."""
    support = ours.model.supporters(Literal("must_not", (item, act.act)))
    return any(premise in firing.premises for firing in support)


def _ways(ours: Reasons, theirs: Reasons | None, request: Request, item: str, forum: str) -> Iterator[ProperWay]:
    kinds = {kind for r, i, kind in ours.held("proper_way") if (r, i) == (request.id, item)}
    for kind in ChannelKind:
        if kind in kinds and theirs is not None:
            why = ours.for_and_against("proper_way", request.id, item, kind)[0]
            yield ProperWay(kind=kind, reasons=why, basis=theirs.bases(Literal("channel", (item, forum, str(kind)))))


def _elements(ours: Reasons, relation: str, request: Request) -> Iterator[Element]:
    found = {element for r, element in ours.held(relation) if r == request.id}
    for element in RequestElement:
        if element in found:
            yield Element(element=element, reasons=ours.for_and_against("requires", request.id, element)[0])


def _grounds(request: Request, forum: str, item: str, theirs: Reasons | None) -> Iterator[Ground]:
    found = counterpart.grounds(request, forum, item, theirs) if theirs else {}
    for ground, firings in found.items():
        assert theirs is not None
        must = any(theirs.rulebook.terms(f).get("effect") == "must" for f in firings)
        yield Ground(ground=ground, effect="must" if must else "may", reasons=_unique(map(theirs.reason, firings)))


def _conditions(request: Request, forum: str, item: str, theirs: Reasons | None) -> Iterator[Safeguard]:
    found = counterpart.safeguards(request, forum, item, theirs) if theirs else {}
    for safeguard, firings in found.items():
        assert theirs is not None
        yield Safeguard(safeguard=safeguard, reasons=_unique(map(theirs.reason, firings)))


def _limits(ours: Reasons, request: Request, item: str) -> Iterator[TimeLimit]:
    for r, i, step in ours.held("time_limit"):
        if (r, i) == (request.id, item):
            for basis in ours.model.supporters(Literal("time_limit", (r, i, step))):
                terms = ours.rulebook.terms(basis)
                yield TimeLimit.model_validate(
                    {"step": step, "due": _due(request, terms), "reasons": [ours.reason(basis)], **terms}
                )


def _due(request: Request, terms: dict[str, str | int | tuple[int, int]]) -> date | None:
    """The last day of a time that is counted from receipt."""
    match request.received_on, terms.get("days"), terms.get("hours"):
        case date() as received, int(days), _:
            return received + timedelta(days=days)
        case date() as received, None, int(hours):
            return received + timedelta(days=-(-hours // 24))
    return None


def _soonest(limit: TimeLimit) -> tuple[float, str]:
    hours = limit.hours if limit.hours is not None else None if limit.days is None else limit.days * 24
    return (float("inf") if hours is None else hours, limit.step)


def undecided(found: Iterable[RequestReply]) -> Iterator[Undecided]:
    """The replies that the facts, or norms in conflict, leave open."""
    for reply in found:
        if reply.reply is None:
            first = [*reply.reasons, *reply.against]
            text = first[0].text if first else "no rule says what is to be answered"
            topic = f"reply.{reply.request}.{reply.item}"
            yield Undecided(topic=topic, text=text, reasons=reply.reasons, against=reply.against)


def unverified(found: Iterable[RequestReply]) -> Iterator[Warning]:
    """Replies that rest on a source which nobody has read say so."""
    for reply in found:
        if reply.reply is None:
            continue
        spoken = [*reply.reasons, *(basis.reason for basis in reply.basis if reply.reply is not Reply.REDIRECT)]
        spoken += [reason for element in reply.missing for reason in element.reasons]
        weak = _unique(reason for reason in spoken if reason.verified == "no")
        if weak:
            cites = ", ".join(dict.fromkeys(cited for reason in weak for cited in reason.cites))
            text = f"the reply on {reply.item} rests on a source to be verified first: {cites}"
            yield Warning(code="unverified", about=reply.item, text=text, reasons=weak)


_ACTION: dict[Reply | None, str] = {
    Reply.REFUSE: "Refuse {asker} {item}, and say why",
    Reply.REDIRECT: "Tell {asker} that {item} has to be asked for in another way",
    Reply.ASK_FOR_MORE: "Ask {asker} to complete its request for {item}",
    Reply.COMPLY_IN_PART: "Comply with the request of {asker} for {item} in part",
    Reply.COMPLY: "Comply with the request of {asker} for {item}",
    None: "Have decided what {asker} is answered on {item}",
}


def plan(found: Iterable[RequestReply], as_of: date) -> list[PlanStep]:
    """One step for each request and reply, due when the first time limit of its items runs out."""
    grouped: dict[tuple[str, Reply | None], list[RequestReply]] = {}
    for reply in found:
        grouped.setdefault((reply.request, reply.reply), []).append(reply)
    steps = [_step(request, reply, group, as_of) for (request, reply), group in grouped.items()]
    return sorted(steps, key=lambda step: (step.due or date.max, step.id))


def _step(request: str, reply: Reply | None, group: list[RequestReply], as_of: date) -> PlanStep:
    names = [each.item for each in group]
    asker = in_sentence(group[0].asked_by) if group[0].asked_by else "the authority that asks"
    limits = [(limit.due, limit) for each in group for limit in each.time_limits if limit.due and limit.step != "keep"]
    first = min(limits, key=lambda pair: pair[0], default=None)
    return PlanStep(
        id=f"reply-{request}-{reply or 'undecided'}",
        action=_ACTION[reply].format(asker=asker, item=", ".join(names)),
        kind=None,
        state=group[0].asked_by,
        items=names,
        start=as_of,
        due=first[0] if first else None,
        expected=None,
        after=[],
        today=True,
        critical=False,
        note=first[1].reasons[0].text if first else "",
        reasons=_unique(reason for each in group for reason in each.reasons),
    )
