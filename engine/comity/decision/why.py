"""Why something was concluded: rules with their sources, the facts they matched, and what they beat or lost to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Word

from comity.decision.opinion import Opinion
from comity.decision.sentences import Sentences
from comity.decision.topics import Topic
from comity.decision.why_not import Attempt, why_not
from comity.law.finding import Place
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.tables import Row
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.model import Firing, Verdict
from comity.logic.rule import Kind
from comity.logic.terms import Absent, Comparison, Condition, Literal, Var

__all__ = ["Argument", "Attempt", "Citation", "Conclusion", "Explanation", "Premise", "why", "why_not"]

DEPTH = 4
"""How many steps back the facts behind a conclusion are followed."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An authority that a rule rests on: ``says`` is what the article says, in plain words."""

    id: str
    title: str
    article: str
    says: str
    verified: str


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that a rule found to be so.

    ``origin`` says where it comes from: the case file, a row of a table (``place`` and ``source`` say which and on
    whose word), the rules (``because`` tells it further; ``None`` where that is told elsewhere), or a comparison.
    """

    text: str
    origin: Word["case", "table", "rules", "comparison"]
    place: Place | None = None
    source: str = ""
    verified: str = "yes"
    because: Conclusion | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A rule that speaks for or against a conclusion; ``beats`` and ``beaten_by`` are ids of rules opposite."""

    rule: LawRule
    side: Word["for", "against", "unsettles"]
    text: str
    citations: tuple[Citation, ...]
    premises: tuple[Premise, ...]
    beats: tuple[str, ...]
    beaten_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion with all that speaks for and against it."""

    literal: Literal
    text: str
    verdict: Verdict
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to *why*: ``text`` in one sentence where there is one, then the conclusions it rests on."""

    topic: Topic
    text: str
    conclusions: tuple[Conclusion, ...]


def why(opinion: Opinion, topic: Topic) -> Explanation:
    """Why the advice on a topic is what it is.

    Conclusions of which no rule speaks are left out; of a rule, its conclusions in this case are told.
    """
    tellings = _Telling(opinion)
    if topic.rule is not None:
        heads = [
            Literal(head.relation, head.terms)
            for head, firings in opinion.model.firings.items()
            if any(opinion.rulebook.law_rule(f.rule).id == topic.rule for f in firings)
        ]
        literals = sorted(set(heads), key=str)
    else:
        literals = [literal for literal in topic.literals if _spoken_of(opinion, literal)]
    text = {"lead": opinion.decision.lead.text, "conflict": opinion.decision.conflict.text}.get(topic.kind, "")
    if topic.rule is not None and not literals:
        text = f"the rule {topic.rule} does not apply in this case; 'why-not' says which condition fails"
    found = (tellings.conclusion(literal, DEPTH) for literal in literals)
    if topic.kind == "lead":
        return Explanation(topic, text, tuple(c for c in found if c.verdict is Verdict.HELD))
    return Explanation(topic, text, tuple(found))


def _spoken_of(opinion: Opinion, literal: Literal) -> bool:
    return literal in opinion.model.firings or ~literal in opinion.model.firings


class _Telling:
    """Tells conclusions once each: a second mention is left without its reasons."""

    def __init__(self, opinion: Opinion) -> None:
        self.opinion = opinion
        self.sentences = Sentences(opinion.rulebook)
        self.told: set[Literal] = set()

    def conclusion(self, literal: Literal, depth: int) -> Conclusion:
        self.told.add(literal)
        model = self.opinion.model
        for_, against = model.firings.get(literal, ()), model.firings.get(~literal, ())
        found = [*self._arguments(for_, against, "for", depth), *self._arguments(against, for_, "against", depth)]
        unique: dict[tuple[str, str, str], Argument] = {}
        for argument in found:
            unique.setdefault((argument.rule.id, argument.text, argument.side), argument)
        verdict = model.verdict(literal)
        return Conclusion(literal, self.sentences.literal(literal), verdict, tuple(unique.values()))

    def _arguments(
        self, firings: tuple[Firing, ...], opposed: tuple[Firing, ...], side: Word["for", "against"], depth: int
    ) -> Iterator[Argument]:
        program, rulebook = self.opinion.model.program, self.opinion.rulebook
        by_default = [f for f in firings if rulebook.law_rule(f.rule).default]
        for firing in (*(f for f in firings if f not in by_default), *by_default):
            rule = rulebook.law_rule(firing.rule)
            unsettles = firing.rule.kind is Kind.DEFEATER
            if unsettles and side == "against" and self._fires(rule, opposed):
                continue
            beats = {rulebook.law_rule(o.rule).id for o in opposed if program.beats(firing.rule, o.rule)}
            beaten = {rulebook.law_rule(o.rule).id for o in opposed if program.beats(o.rule, firing.rule)}
            yield Argument(
                rule,
                "unsettles" if unsettles else side,
                self.opinion.reasons.text(firing),
                tuple(citations(rule, rulebook)),
                tuple(self._premises(rule, firing, depth)),
                tuple(sorted(beats)),
                tuple(sorted(beaten)),
            )

    def _fires(self, rule: LawRule, firings: tuple[Firing, ...]) -> bool:
        return any(self.opinion.rulebook.law_rule(f.rule) is rule for f in firings)

    def _premises(self, rule: LawRule, firing: Firing, depth: int) -> Iterator[Premise]:
        bindings = dict(firing.bindings)
        matched = iter(firing.premises)
        told = {name for condition, _ in rule.conditions for name in _told(condition)}
        for condition, _ in rule.conditions:
            if isinstance(condition, Literal):
                premise = next(matched)
                if not _is_day_of_law(condition):
                    shown = [i for i, t in enumerate(condition.terms) if not isinstance(t, Var) or t.name in told]
                    yield self._premise(premise, shown, depth)
            elif isinstance(condition, Absent) or not _goes_without_saying(condition):
                yield Premise(self.sentences.condition(condition, bindings), "comparison")

    def _premise(self, literal: Literal, shown: list[int], depth: int) -> Premise:
        text = self.sentences.literal(literal, shown=shown)
        origin = RELATIONS[literal.relation].origin
        if origin is Origin.CASE:
            return Premise(text, "case")
        if origin is Origin.TABLE:
            row = row_behind(self.opinion.rulebook, literal)
            if row is None:
                return Premise(text, "table")
            return Premise(text, "table", row.place, row["source"], row["verified"] or "yes")
        if origin is Origin.COUNTERPART:
            return Premise(text, "rules", because=self._other_side(literal, depth))
        atom = literal if literal.positive else ~literal
        if depth == 0 or atom in self.told:
            return Premise(text, "rules")
        return Premise(text, "rules", because=self.conclusion(atom, depth - 1))

    def _other_side(self, literal: Literal, depth: int) -> Conclusion | None:
        """What the rules say of the state that asks, were it to ask for advice."""
        request, item, *rest = map(str, literal.terms)
        theirs = self.opinion.counterparts.get(request)
        if theirs is None or depth == 0 or literal in self.told:
            return None
        self.told.add(literal)
        forum = str(self.opinion.case.forum)
        told = {
            "open_to_asker": Literal("channel", (item, forum, *rest[:1])),
            "may_refuse": Literal("refusal_ground", (item, forum, *rest[:1])),
            "withheld": Literal("blocked", (item, forum)),
        }[literal.relation]
        return _Telling(theirs).conclusion(told, depth - 1)


def _is_day_of_law(condition: Literal) -> bool:
    return condition.relation == "case" and any(isinstance(t, Var) and t.name == "_today" for t in condition.terms)


def _told(condition: Condition) -> Iterator[str]:
    """The variables whose values matter: those that the rule names, and those that it compares."""
    if isinstance(condition, Literal):
        yield from (t.name for t in condition.terms if isinstance(t, Var) and not t.name.startswith("_"))
    elif isinstance(condition, Comparison) and isinstance(condition.left, Var):
        yield condition.left.name


def _goes_without_saying(comparison: Comparison) -> bool:
    left = comparison.left.name if isinstance(comparison.left, Var) else ""
    return comparison.right == UNKNOWN or left.startswith("_")


def citations(rule: LawRule, rulebook: Rulebook) -> Iterator[Citation]:
    """The authorities that a rule cites, with what each article says."""
    for cited in rule.cites:
        id_, _, article = cited.partition("/")
        authority = rulebook.authorities[id_]
        if article:
            says, verified = authority.articles[article].says, authority.articles[article].verified
        else:
            says, verified = "", authority.verified
        yield Citation(cited, authority.title, article, says, verified)


def row_behind(rulebook: Rulebook, literal: Literal) -> Row | None:
    """The row of a table that a fact was read from, or ``None``."""
    tables = rulebook.tables
    values = tuple(map(str, literal.terms))
    if literal.relation in ("offence_kind", "covered"):
        return tables.offences.get(values[0])
    if literal.relation == "reservation":
        return tables.row_behind("party", values)
    if literal.relation == "profile_first":
        return None
    return tables.row_behind(literal.relation, values)
