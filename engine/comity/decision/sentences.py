"""Facts, conclusions and conditions as sentences, from the vocabulary and the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from comity.law.rulebook import Rulebook
from comity.law.state import in_sentence, titles
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Field, Relation
from comity.logic.terms import COMPARISONS, Absent, Comparison, Condition, Literal, Term, Value, Var

SENTENCES: Final[dict[str, str]] = {
    "involved": "the case touches {state}",
    "conduct": "{offence} was committed in {state}",
    "effect": "{offence} took effect in {state}",
    "flag": "{offence} was committed on a ship or aircraft of {state}",
    "penalty": "the law of {state} provides up to {years} years for {offence}",
    "punishable": "the case file says whether {offence} was punishable in {state}: {answer}",
    "nationality": "{person} is a national of {state}",
    "established": "{custodian} has an establishment in {state}",
    "offers_services": "{custodian} offers services in {state}",
    "expires": "{item} is deleted in {days} days",
    "account_of": "{item} belongs to the account of {person}",
    "step_taken": "{kind} for {item} to {state} has been done already",
    "party": "the {instrument} is in force for {state}",
    "party_since": "the {instrument} is in force for {state} since {since}",
    "not_in_force": "the {instrument} is signed by {state}, but not in force for it",
    "status_unclear": "no source says since when the {instrument} is in force for {state}",
    "reservation": "{state} has made a reservation or declaration to article {article} of the {instrument}",
    "bilateral": "a bilateral treaty ({kind}) is in force between {state} and {other}",
    "bilateral_unclear": "a bilateral treaty ({kind}) between {state} and {other} is reported, of unclear date",
    "member": "{state} belongs to the network {network}",
    "profile": "{state}: {attribute} is {value}",
    "profile_first": "{state}: the first {attribute} known to the tables dates from {since}",
    "covered": "article {article} of the {instrument} covers {category}",
    "qualification": "what {category} is may be {as} as well: {fit}",
    "statute": "the law of {state} punishes {category} since {since}",
    "addressee": "{state} may be asked for {item}",
    "here": "{item} lies in the forum state",
    "abroad": "{item} lies abroad, in {state}",
    "within_reach": "the authorities of {state} can reach {item}",
    "bound": "{state} and {other} are both bound by the {instrument}",
    "permitted_order": "an agreement lets an order for {item} go straight to a provider in {state}",
    "target_unknown": "it is unknown whether an agreement protects the person whose data {item} is",
    "treaty_for_mla": "a treaty on mutual legal assistance links {state} and {other}",
    "treaty_unclear": "a treaty on mutual legal assistance may link {state} and {other}",
    "serious_crime": "{offence} reaches the threshold of serious crime",
    "transnational": "{offence} touches more than one state",
    "criminal_in": "{offence} was an offence in {state} on the day it was done",
    "dual_criminality": "{offence} is an offence in both {state} and {other}",
    "punished": "{state} punished {as} on the day of {offence}",
    "criminal_as": "{offence} was an offence in {state} as {as}",
    "criminal_conduct": "what was done in {offence} was an offence in {state}, whatever its name",
    "conduct_test": "between {state} and {other} dual criminality is judged by the conduct ({help})",
    "dual_criminality_as": "{offence} is an offence in {state} and {other}, in one of them as {as} ({help})",
    "arguable_as": "{offence} may be argued between {state} and {other} as {as}",
    "without_dual_criminality": "{kind} to {state} is open for {item} without dual criminality",
    "claim": "{state} may claim jurisdiction: {basis}",
    "barred": "{state} may not, or no longer, prosecute: {ground}",
    "consult": "{state} and {other} have to consult on who prosecutes",
    "factor": "{factor} speaks for {state} as the lead",
    "direct_access": "{item} may be taken directly, without the state where it lies acting",
    "period": "{law} gives {state} a period of {days} days ({attribute})",
    "kept_by_law": "a law of {state} ({law}) makes providers keep the logs behind {item} {days} days, until {until}",
    "blocked": "a law of {state} forbids handing {item} over on a direct foreign demand",
    "channel": "{kind} to {state} is open for {item}",
    "refusal_ground": "{state} may or must refuse {item}: {ground}",
    "safeguard": "a request for {item} to {state} must carry: {safeguard}",
    "must_not": "about {item}, this must not be done: {act}",
    "request_item": "the request {request} asks for {item}",
    "contains": "whether the request {request} states its {element}: {answer}",
    "open_to_asker": "seen as a case of the state that asks in {request}, {kind} for {item} is open: {answer}",
    "may_refuse": "seen as a case of the state that asks in {request}, {item} {effect} be refused: {ground}",
    "withheld": "seen as a case of the state that asks in {request}, {item} is not handed over on direct demand",
    "under": "the request {request} is read under the {instrument}",
    "direct_demand": "the request {request} goes past the authorities",
    "requires": "the request {request} has to state: {element}",
    "missing": "the request {request} does not state: {element}",
    "unchecked": "whether the request {request} states {element} has not been checked",
    "reply": "the reply to {request} on {item} is: {reply}",
    "proper_way": "in place of {request}, {kind} is open for {item}",
    "time_limit": "a time limit for {request} on {item}: {step}",
    "warning": "warning about {about}: {code}",
    "prevention": "the law offers a preventive measure for {about}: {measure}",
}
"""One sentence for each relation whose fields all matter; the others are told field by field."""

FEW: Final = 5
"""How many values of a list are told."""


class Sentences:
    """Words literals and conditions; variables that are not bound become "some state" and the like."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def literal(
        self, literal: Literal, bindings: Mapping[str, Value] | None = None, shown: Collection[int] | None = None
    ) -> str:
        """*literal* in words; ``shown`` are the fields to tell where not all matter."""
        relation = RELATIONS.get(literal.relation)
        if relation is None:
            return str(literal)
        words = [self.term(f, t, bindings or {}) for f, t in zip(relation.fields, literal.terms, strict=True)]
        names = [field.name for field in relation.fields]
        template = SENTENCES.get(literal.relation)
        if template is not None:
            text = template.format_map(dict(zip(names, words, strict=True)))
        else:
            text = self._by_fields(relation, literal, words, shown)
        return text if literal.positive else f"it is ruled out that {text}"

    def _by_fields(self, relation: Relation, literal: Literal, words: list[str], shown: Collection[int] | None) -> str:
        named = relation.fields[0].name in ("id", "category")
        told = [
            (field.name.replace("_", " "), word)
            for i, (field, word) in enumerate(zip(relation.fields, words, strict=True))
            if (i or not named) and (shown is None or i in shown)
        ]
        name = relation.name.replace("_", " ")
        if not named:
            return " and ".join(f"the {field} is {word}" for field, word in told) or f"there is a {name}"
        subject = f"some {name}" if words[0].startswith("some ") else f"the {name} {words[0]}"
        return f"{subject}: {', '.join(f'{field} {word}' for field, word in told)}" if told else f"there is {subject}"

    def pattern(
        self, literal: Literal, bindings: Mapping[str, Value], choices: Mapping[str, tuple[Value, ...]] | None = None
    ) -> str:
        """A pattern of a rule in words: only the fields that it names, listed values joined by "or"."""
        options = choices or {}
        relation = RELATIONS[literal.relation]
        terms: list[Term] = []
        shown = []
        for i, (field, term) in enumerate(zip(relation.fields, literal.terms, strict=True)):
            if isinstance(term, Var) and term.name in options:
                words = [self.value(field, value) for value in options[term.name]]
                rest = [f"{len(words) - FEW} more"] if len(words) > FEW + 1 else words[FEW:]
                terms.append(" or ".join([*words[:FEW], *rest]))
                shown.append(i)
            else:
                terms.append(term)
                if not (isinstance(term, Var) and term.name.startswith("_")):
                    shown.append(i)
        return self.literal(Literal(literal.relation, tuple(terms), literal.positive), bindings, shown)

    def term(self, field: Field, term: Term, bindings: Mapping[str, Value]) -> str:
        """A term of a field in words."""
        if isinstance(term, Var):
            if term.name not in bindings:
                if field.type == "number":
                    return "some"
                return "some state" if field.type == "state" else f"some {field.name.replace('_', ' ')}"
            term = bindings[term.name]
        return self.value(field, term) if isinstance(term, str | int) else str(term)

    def value(self, field: Field, value: Value) -> str:
        """A value of a field in words: names for codes and ids of the tables."""
        text = str(value)
        if text == UNKNOWN:
            return "(unknown)"
        tables = self.rulebook.tables
        if field.type in ("state", "id-or-state") and text in titles():
            return in_sentence(text)
        if field.type == "instrument" and text in tables.instruments:
            return tables.instruments[text]["title"]
        if field.type == "offence" and text in tables.offences:
            return tables.offences[text]["title"] or text
        if field.type == "factor":
            return next((f.title.lower() for f in self.rulebook.preferences.factors if f.id == text), text)
        return text

    def condition(self, condition: Condition, bindings: Mapping[str, Value]) -> str:
        """A condition of a rule in words."""
        if isinstance(condition, Literal):
            return self.pattern(condition, bindings)
        if isinstance(condition, Absent):
            return f"it is not established that {self.pattern(condition.literal, bindings)}"
        return self._comparison(condition, bindings)

    def _comparison(self, comparison: Comparison, bindings: Mapping[str, Value]) -> str:
        left = self._compared(comparison.left, bindings)
        if isinstance(comparison.right, tuple):
            right = ", ".join(in_sentence(str(value)) for value in comparison.right)
        else:
            right = self._compared(comparison.right, bindings)
        return f"{left} {COMPARISONS[comparison.op]} {right}"

    def _compared(self, term: Term, bindings: Mapping[str, Value]) -> str:
        if isinstance(term, Var):
            return in_sentence(str(bindings[term.name])) if term.name in bindings else f"${term.name}"
        return str(term)
