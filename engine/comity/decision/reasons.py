"""From firings of the kernel to reasons that a person reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from comity.decision.model import ChannelBasis, Reason, Verified
from comity.law.rulebook import Rulebook
from comity.law.state import in_sentence
from comity.logic.model import Firing, Model, Verdict
from comity.logic.rule import Kind
from comity.logic.terms import Literal, Value

_WEAKEST: tuple[Verified, ...] = ("no", "partly", "yes")

Spoken = tuple[str, tuple[tuple[str, Value], ...]]
"""A rule, and the values that its variables took."""

T = TypeVar("T")


@dataclass(frozen=True)
class Reasons:
    """Looks up conclusions in a model and words them with the rulebook.

    ``before`` are the reasons under a similar rulebook, from which all is taken over that does not concern what
    ``differs``: the literals for or against which something else speaks than there. ``said`` are the reasons worded so
    far, by rule and bindings, which many models under one rulebook may share.
    """

    rulebook: Rulebook
    model: Model
    before: Reasons | None = field(default=None, repr=False, compare=False)
    differs: frozenset[Literal] = field(default=frozenset(), repr=False, compare=False)
    said: dict[Spoken, Reason] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[tuple[str, Literal], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _verified: dict[tuple[str, ...], Verified] = field(default_factory=dict, init=False, repr=False, compare=False)
    _held: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kept(self, what: str, literal: Literal, make: Callable[[], T]) -> T:
        """What is made of a conclusion and the firings for and against it, once of each; *what* names it."""
        key = what, literal
        if key not in self._known:
            before = self.before._known if self.before is not None and literal not in self.differs else {}
            self._known[key] = before[key] if key in before else make()
        found: T = self._known[key]
        return found

    @cached_property
    def mentioned(self) -> frozenset[object]:
        """Whatever the literals mention that differ."""
        return frozenset(term for literal in self.differs for term in literal.terms)

    def held(self, relation: str) -> list[tuple[str, ...]]:
        """The arguments of the held conclusions of a relation, as text, sorted."""
        if relation not in self._held:
            since = self.model.since
            if self.before is not None and since is not None and relation not in since.relations:
                self._held[relation] = self.before.held(relation)
            else:
                self._held[relation] = [tuple(map(str, literal.terms)) for literal in self.model.of(relation)]
        return list(self._held[relation])

    def denied(self, relation: str) -> list[tuple[str, ...]]:
        """The arguments of the conclusions of a relation that are ruled out."""
        return [tuple(map(str, literal.terms)) for literal in self.model.of(relation, positive=False)]

    def contested(self, relation: str) -> list[tuple[str, ...]]:
        """The arguments of the undecided conclusions of a relation."""
        return [tuple(map(str, literal.terms)) for literal in self.model.contested(relation)]

    def verdict(self, relation: str, *arguments: str) -> Verdict:
        """What the model says of a conclusion."""
        return self.model.verdict(Literal(relation, arguments))

    def reason(self, firing: Firing) -> Reason:
        """The reason that a firing gives."""
        key = firing.rule.id, firing.bindings
        if key not in self.said:
            self.said[key] = self._worded(firing)
        return self.said[key]

    def _worded(self, firing: Firing) -> Reason:
        rule = self.rulebook.law_rule(firing.rule)
        return Reason(
            text=self.text(firing),
            rule=rule.id,
            title=rule.title,
            cites=list(rule.cites),
            verified=self.verified(rule.cites),
        )

    def text(self, firing: Firing) -> str:
        """The rule's ``because`` with the values that it matched; states go by their names."""
        names = {name: in_sentence(str(value)) for name, value in firing.bindings}
        text = self.rulebook.law_rule(firing.rule).because.format_map(names)
        return f"T{text[1:]}" if text.startswith("the ") else text

    def verified(self, cites: tuple[str, ...]) -> Verified:
        """The weakest verification among the cited articles."""
        if cites not in self._verified:
            self._verified[cites] = self._weakest(cites)
        return self._verified[cites]

    def _weakest(self, cites: Iterable[str]) -> Verified:
        found: list[Verified] = []
        for cited in cites:
            id_, _, article = cited.partition("/")
            authority = self.rulebook.authorities[id_]
            word = authority.articles[article].verified if article else authority.verified
            found.append("yes" if word == "yes" else "partly" if word == "partly" else "no")
        return min(found, key=_WEAKEST.index, default="no")

    def for_and_against(self, relation: str, *arguments: str) -> tuple[list[Reason], list[Reason]]:
        """The reasons that carry the verdict on a conclusion, and those on the other side.

        Of a held conclusion the reasons are those for it, of a refuted one those that rule it out, without what would
        only have left it open; of an undecided one both lists are what collides. A rule that gives way by default is
        named only where nothing else carries the verdict; of those, one that leaves the matter open before one that
        would settle it.
        """
        literal = Literal(relation, arguments)
        return self.kept("reasons", literal, lambda: self._for_and_against(literal))

    def _for_and_against(self, literal: Literal) -> tuple[list[Reason], list[Reason]]:
        verdict = self.model.verdict(literal)
        side = literal if verdict is not Verdict.REFUTED else ~literal
        undecided = verdict is Verdict.UNDECIDED
        speaking = self.model.firings.get(side, ()) if undecided else self.model.supporters(side)
        carrying = self._reasons(speaking, True)
        against = self._reasons(self.model.firings.get(~side, ()), undecided)
        return carrying, [reason for reason in against if reason not in carrying] if carrying else against

    def _reasons(self, firings: tuple[Firing, ...], defaults: bool) -> list[Reason]:
        firm = [f for f in firings if not self.rulebook.law_rule(f.rule).default]
        if firm or not defaults:
            return self.given(firm)
        doubts = [f for f in firings if f.rule.kind is Kind.DEFEATER]
        return self.given(doubts or firings)

    def given(self, firings: Iterable[Firing]) -> list[Reason]:
        """The reasons that firings give, each once; what gives way by default only where nothing else speaks."""
        every = list(firings)
        if len(every) < 2:
            return [self.reason(firing) for firing in every]
        firm = [f for f in every if not self.rulebook.law_rule(f.rule).default]
        return list({(reason.rule, reason.text): reason for reason in map(self.reason, firm or every)}.values())

    def bases(self, literal: Literal) -> list[ChannelBasis]:
        """The rules that carry a held conclusion on their own, with their terms.

        A supporting rule that itself loses to a rule against the conclusion opens nothing; where only the rules
        together win, all of them are named.
        """
        support = self.model.supporters(literal)
        attacks = self.model.firings.get(~literal, ())
        alone = [f for f in support if all(self.model.program.beats(f.rule, a.rule) for a in attacks)]
        found: dict[str, ChannelBasis] = {}
        for firing in alone or support:
            basis = ChannelBasis.model_validate({"reason": self.reason(firing), **self.rulebook.terms(firing)})
            found.setdefault(f"{basis.reason.rule}|{basis.reason.text}", basis)
        return list(found.values())

    def only_unsettled(self, literal: Literal) -> bool:
        """Whether nothing but blocking rules speaks on either side."""
        firings = (*self.model.firings.get(literal, ()), *self.model.firings.get(~literal, ()))
        return all(f.rule.kind is Kind.DEFEATER for f in firings)
