"""A request from abroad seen from the other side: what the state that asks would be advised, were it our case.

What our state may be asked for, in which way, what it may refuse and what its custodians may not hand over, all rules
already say; only the roles are turned round.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.decision import items
from comity.decision.reasons import Reasons
from comity.law.case import Case, Request, Unknown
from comity.law.fact import fact
from comity.law.terms import Answer, ChannelKind, Direction
from comity.logic.model import Firing, Verdict
from comity.logic.terms import Literal

_OPEN = {Verdict.HELD: Answer.YES, Verdict.REFUTED: Answer.NO, Verdict.UNDECIDED: Answer.UNKNOWN}


def turned_round(case: Case, request: Request) -> Case | None:
    """The case as the state that asks has it; ``None`` where it is unknown who asks, or where nobody abroad does."""
    if isinstance(request.asked_by, Unknown) or request.asked_by == case.forum:
        return None
    return case.model_copy(
        update={
            "forum": request.asked_by,
            "authority": request.authority,
            "direction": Direction.OUTGOING,
            "stage": request.stage,
            "steps": [],
            "requests": [],
        }
    )


def seen(request: Request, forum: str, theirs: Reasons | None) -> Iterator[Literal]:
    """What holds for the state that asks, as facts of our case; *theirs* is ``None`` where it is unknown who asks."""
    for item in request.items:
        for kind in ChannelKind:
            answer = Answer.UNKNOWN if theirs is None else _OPEN[theirs.verdict("channel", item, forum, kind)]
            yield fact("open_to_asker", request=request.id, item=item, kind=kind, answer=answer)
        if theirs is not None:
            for ground, firings in grounds(request, forum, item, theirs).items():
                effect = "must" if any(theirs.rulebook.terms(f).get("effect") == "must" for f in firings) else "may"
                yield fact("may_refuse", request=request.id, item=item, ground=ground, effect=effect)
            if theirs.verdict("blocked", item, forum) is Verdict.HELD:
                yield fact("withheld", request=request.id, item=item)


def grounds(request: Request, forum: str, item: str, theirs: Reasons) -> dict[str, tuple[Firing, ...]]:
    """The grounds on which the forum may refuse a request of this kind, with the rules that give them."""
    return _for_the_request(request, forum, item, theirs, "refusal_ground")


def safeguards(request: Request, forum: str, item: str, theirs: Reasons) -> dict[str, tuple[Firing, ...]]:
    """The conditions that bind the state that asks in this way, with the rules that set them."""
    return _for_the_request(request, forum, item, theirs, "safeguard")


def _for_the_request(
    request: Request, forum: str, item: str, theirs: Reasons, relation: str
) -> dict[str, tuple[Firing, ...]]:
    ways = frozenset({str(request.kind)})
    found: dict[str, tuple[Firing, ...]] = {}
    for literal in theirs.model.of(relation):
        if literal.terms[:2] == (item, forum):
            firings = tuple(f for f in theirs.model.supporters(literal) if items.speaks_of(ways, f, theirs))
            if firings:
                found[str(literal.terms[2])] = firings
    return found
