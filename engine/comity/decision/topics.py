"""What can be asked about: the lead, a claim, an item, a channel, a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Word

from comity.decision import agency
from comity.decision.opinion import Opinion
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.state import titles
from comity.law.terms import Basis, ChannelKind, Reply
from comity.logic.terms import Literal

_GROUPS = ("data", "assets", "persons")


@dataclass(frozen=True, slots=True)
class Topic:
    """A question: ``literals`` are the conclusions that it is about; of a rule, ``rule`` is its id."""

    text: str
    kind: Word["lead", "conflict", "conclusions", "rule"]
    literals: tuple[Literal, ...] = ()
    rule: str | None = None


def parse(text: str, opinion: Opinion) -> Topic:
    """The topic called *text*.

    Topics are ``lead``, ``lead.US``, ``conflict``, ``claim.US``, ``claim.US.flag``, ``warning``, ``prevention``,
    ``reply`` (to requests from abroad), ``reply.r1``, ``reply.r1.mail``, an item (``mail``), ``mail.direct-access``,
    ``mail.mla``, ``mail.IE``, ``mail.mla.IE``, ``mail.dual-criminality.IE``, a word of the advice on an item
    (``mail.speciality``), or the id of a rule.

    Raises:
        InputError: there is no such topic; the message offers the nearest one.
    """
    name = text.strip()
    head, *rest = [part.strip() for part in name.split(".")]
    if head in _GROUPS and rest:
        head, *rest = rest
        found = _item(name, head, rest, opinion)
    else:
        found = _general(name, head, rest, opinion) or _item(name, head, rest, opinion)
    if found is None and not rest and head in opinion.rulebook.by_id:
        found = Topic(name, "rule", rule=head)
    disabled = opinion.rulebook.change_of(head) if found is None and not rest else None
    if disabled is not None:
        raise InputError([Finding(disabled.place, "Q007", agency.told(disabled))])
    if found is None:
        raise InputError([Finding(Place("topic"), "Q001", f"'{name}' is no topic of this case", _hint(name, opinion))])
    return found


def known(opinion: Opinion) -> list[str]:
    """The topics of a decision, the ids of rules apart."""
    decision = opinion.decision
    found = ["lead", "conflict", "warning", "prevention"]
    found += [f"reply.{reply.request}.{reply.item}" for reply in decision.replies]
    found += [f"claim.{claim.state}" for claim in decision.claims]
    found += [f"claim.{claim.state}.{basis.basis}" for claim in decision.claims for basis in claim.bases]
    for item in (*decision.data, *decision.assets, *decision.persons):
        found += [item.item, f"{item.item}.direct-access"]
        found += [f"{item.item}.dual-criminality.{state}" for state in item.addressees if state != decision.forum]
        found += [f"{item.item}.{channel.kind}.{channel.state}" for channel in item.channels]
    return found


def _hint(name: str, opinion: Opinion) -> str:
    options = known(opinion)
    near = one_of(name, [*options, *opinion.rulebook.by_id])
    items = [option for option in options if "." not in option]
    items += ["reply.REQUEST.ITEM"] if opinion.decision.replies else []
    general = f"ask about {', '.join(items)}, claim.STATE, ITEM.direct-access, ITEM.KIND.STATE, or the id of a rule"
    return near if near.startswith("did you mean") else general


def _general(name: str, head: str, rest: list[str], opinion: Opinion) -> Topic | None:
    match head, rest:
        case "lead", []:
            return Topic(name, "lead", tuple(_leading(opinion, opinion.decision.lead.state)))
        case "lead", [state] if state in titles():
            return Topic(name, "lead", tuple(_leading(opinion, state)))
        case "conflict", []:
            claims = tuple(_heads(opinion, "claim"))
            return Topic(name, "conflict", (*claims, *opinion.model.of("consult")))
        case "claim", [state] if state in titles():
            bars = [literal for literal in opinion.model.of("barred") if literal.terms[0] == state]
            claims = tuple(Literal("claim", (state, str(basis))) for basis in Basis)
            return Topic(name, "conclusions", (*claims, *bars))
        case "claim", [state, basis] if state in titles() and basis in tuple(Basis):
            return Topic(name, "conclusions", (Literal("claim", (state, basis)),))
        case (("warning" | "warnings" | "prevention"), [*words]) if len(words) < 2:
            found = opinion.model.of(head.removesuffix("s"))
            literals = tuple(literal for literal in found if not words or literal.terms[1] == words[0])
            return Topic(name, "conclusions", literals) if literals or not words else None
        case "reply", [*words] if len(words) < 3:
            about = [r for r in opinion.decision.replies if words == [r.request, r.item][: len(words)]]
            found = [literal for reply in about for literal in _of_reply(opinion, reply.request, reply.item)]
            return Topic(name, "conclusions", tuple(found)) if found else None
    return None


def _of_reply(opinion: Opinion, request: str, item: str) -> Iterator[Literal]:
    """What is replied, and within which time; in the order in which replies go before one another."""
    yield from (Literal("reply", (request, item, str(reply))) for reply in Reply)
    for relation in ("proper_way", "time_limit"):
        yield from (literal for literal in _heads(opinion, relation) if literal.terms[:2] == (request, item))


def _leading(opinion: Opinion, state: str | None) -> Iterator[Literal]:
    if state is not None:
        yield from (literal for literal in _heads(opinion, "claim") if literal.terms[0] == state)
        yield from (Literal("factor", (state, factor.id)) for factor in opinion.rulebook.preferences.factors)


def _heads(opinion: Opinion, relation: str) -> list[Literal]:
    """The conclusions of a relation for which, or against which, a rule speaks."""
    atoms = {Literal(head.relation, head.terms) for head in opinion.model.firings if head.relation == relation}
    return sorted(atoms, key=str)


def _item(name: str, item: str, rest: list[str], opinion: Opinion) -> Topic | None:
    case, decision = opinion.case, opinion.decision
    ids = {*(d.id for d in case.data), *(a.id for a in case.assets), *(p.id for p in case.persons)}
    if item not in ids:
        return None
    advice = next((a for a in (*decision.data, *decision.assets, *decision.persons) if a.item == item), None)
    states = advice.addressees if advice is not None else []
    direct = Literal("direct_access", (item,))
    match rest:
        case []:
            open_ = [c for c in advice.channels if c.status != "refused"] if advice is not None else []
            channels = tuple(Literal("channel", (item, c.state, str(c.kind))) for c in open_)
            first = (direct,) if item in {d.id for d in case.data} else ()
            return Topic(name, "conclusions", (*first, *channels))
        case ["direct-access" | "direct_access"]:
            return Topic(name, "conclusions", (direct,))
        case [state] if state in titles():
            channels = tuple(Literal("channel", (item, state, str(kind))) for kind in ChannelKind)
            return Topic(name, "conclusions", channels)
        case [kind] if kind in tuple(ChannelKind):
            if not states:
                return Topic(name, "conclusions", tuple(_heads_of_item(opinion, item)))
            return Topic(name, "conclusions", tuple(Literal("channel", (item, state, kind)) for state in states))
        case [kind, state] if kind in tuple(ChannelKind) and state in titles():
            return Topic(name, "conclusions", (Literal("channel", (item, state, kind)),))
        case ["dual-criminality", state] if state in titles():
            return Topic(name, "conclusions", tuple(_criminality(opinion, state)))
        case [word]:
            literals = tuple(literal for literal in _heads_of_item(opinion, item) if word in literal.terms[1:])
            return Topic(name, "conclusions", literals) if literals else None
    return None


def _criminality(opinion: Opinion, state: str) -> Iterator[Literal]:
    """Whether each offence is one in the forum and in the state asked, by its name or by another."""
    pair = (opinion.case.forum, state)
    yield from (Literal("dual_criminality", (offence.id, *pair)) for offence in opinion.case.offences)
    for relation in ("dual_criminality_as", "arguable_as"):
        yield from (literal for literal in _heads(opinion, relation) if literal.terms[1:3] == pair)


def _heads_of_item(opinion: Opinion, item: str) -> list[Literal]:
    relations = ("refusal_ground", "safeguard", "must_not", "addressee", "blocked")
    found = [literal for relation in relations for literal in _heads(opinion, relation)]
    return [literal for literal in found if literal.terms[0] == item]
