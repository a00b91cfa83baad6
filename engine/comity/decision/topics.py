"""What can be asked about in a decision, and how it is named on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from comity.decision.opinion import Opinion
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.terms import Basis, ChannelKind
from comity.logic.terms import Literal


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the conclusions that it is about, affirmed."""

    name: str
    literals: tuple[Literal, ...]


def parse(text: str, opinion: Opinion) -> Topic:
    """The topic called *text*.

    Topics are ``lead``, ``conflict``, ``claim.STATE``, ``claim.STATE.BASIS``, an item, ``ITEM.direct-access``,
    ``ITEM.KIND``, ``ITEM.KIND.STATE``, and the id of a rule.

    Raises:
        InputError: there is no such topic; the hint offers the closest.
    """
    decision = opinion.decision
    words = text.removeprefix("data.").removeprefix("persons.").removeprefix("assets.").split(".")
    match words:
        case ["lead"]:
            states = [decision.lead.state] if decision.lead.state else [c.state for c in decision.claims]
            factors = [Literal("factor", (s, f.id)) for s in states for f in opinion.rulebook.preferences.factors]
            return Topic(text, (*_claims(states), *(f for f in factors if f in opinion.model.held)))
        case ["conflict"]:
            pairs = [tuple(c.states) for c in decision.conflict.consult]
            consult = [Literal("consult", pair) for pair in pairs]
            return Topic(text, (*_claims([c.state for c in decision.claims]), *consult))
        case ["claim", state]:
            return Topic(text, _claims([state]))
        case ["claim", state, basis] if basis in set(Basis):
            return Topic(text, (Literal("claim", (state, basis)),))
        case [item, *rest] if item in _items(opinion):
            return Topic(text, _about_item(item, rest, opinion, text))
        case _ if text in opinion.rulebook.by_id:
            heads = [rule.head for rule in opinion.rulebook.by_id[text].kernel]
            fired = [h for h in opinion.model.firings if any(_of_rule(opinion, h, text))]
            affirmed = {Literal(h.relation, h.terms) for h in fired}
            return Topic(text, tuple(affirmed) or tuple(Literal(h.relation, h.terms) for h in heads))
    raise _unknown(text, known(opinion))


def known(opinion: Opinion) -> list[str]:
    """The topics of a decision, without the ids of rules."""
    claims = [f"claim.{claim.state}" for claim in opinion.decision.claims]
    items = [f"{item}{end}" for item in _items(opinion) for end in ("", ".direct-access")]
    advised = (*opinion.decision.data, *opinion.decision.assets, *opinion.decision.persons)
    channels = [f"{item.item}.{channel.kind}.{channel.state}" for item in advised for channel in item.channels]
    return ["lead", "conflict", *claims, *items, *channels]


def _claims(states: list[str]) -> tuple[Literal, ...]:
    return tuple(Literal("claim", (state, str(basis))) for state in states for basis in Basis)


def _items(opinion: Opinion) -> list[str]:
    decision = opinion.decision
    return [advice.item for advice in (*decision.data, *decision.assets, *decision.persons)]


def _about_item(item: str, rest: list[str], opinion: Opinion, text: str) -> tuple[Literal, ...]:
    advice = opinion.decision.item(item)
    match rest:
        case []:
            best = advice.recommended
            channel = [Literal("channel", (item, best.state, str(best.kind)))] if best else []
            return (Literal("direct_access", (item,)), *channel)
        case ["direct-access"]:
            return (Literal("direct_access", (item,)),)
        case [kind] if kind in set(ChannelKind):
            return tuple(Literal("channel", (item, state, kind)) for state in advice.addressees)
        case [kind, state] if kind in set(ChannelKind):
            return (Literal("channel", (item, state, kind)),)
    raise _unknown(text, known(opinion))


def _of_rule(opinion: Opinion, head: Literal, rule: str) -> list[bool]:
    return [opinion.rulebook.law_rule(firing.rule).id == rule for firing in opinion.model.firings[head]]


def _unknown(text: str, topics: list[str]) -> InputError:
    hint = one_of(text, topics) or "ask about: " + ", ".join([t for t in topics if t.count(".") < 2][:12])
    return InputError([Finding(Place("topic"), "Q001", f"there is nothing called '{text}' in this decision", hint)])
