"""Whether what an expectation names can be said at all: a slip in what must *not* be there would go unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from comity.law.finding import one_of
from comity.law.rulebook import Rulebook
from comity.law.vocabulary import RELATIONS
from comity.scenario.expectation import Expectation

OF_THE_PROGRAM: Final = {
    ("warning", "code"): ("too-late", "unverified"),
    ("must_not", "act"): ("direct-access",),
}
"""Words of a decision that no rule concludes."""

_GROUND, _SAFEGUARD, _ACT = ("refusal_ground", "ground"), ("safeguard", "safeguard"), ("must_not", "act")
_STEP, _CODE, _MEASURE = ("time_limit", "step"), ("warning", "code"), ("prevention", "measure")
_OF_FIELDS: Final = {
    "grounds": _GROUND,
    "no_grounds": _GROUND,
    "safeguards": _SAFEGUARD,
    "no_safeguards": _SAFEGUARD,
    "conditions": _SAFEGUARD,
    "no_conditions": _SAFEGUARD,
    "must_not": _ACT,
    "not_forbidden": _ACT,
    "due": _STEP,
    "time_limits": _STEP,
    "no_time_limits": _STEP,
    "warnings": _CODE,
    "no_warnings": _CODE,
    "prevention": _MEASURE,
    "no_prevention": _MEASURE,
}


class Words:
    """The words that a rulebook can say."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rules = rulebook.by_id
        self.said: dict[tuple[str, str], set[str]] = defaultdict(set)
        for rule in rulebook.rules:
            for head, _ in rule.heads:
                for field, term in zip(RELATIONS[head.relation].fields, head.terms, strict=True):
                    if isinstance(term, str):
                        self.said[head.relation, field.name].add(term)
        for key, words in OF_THE_PROGRAM.items():
            self.said[key].update(words)

    def never_said(self, expect: Expectation) -> Iterator[str]:
        """What *expect* names although no rule says it, one sentence each."""
        for topic in (expect.reasons, expect.no_reasons, expect.against, expect.no_against):
            yield from (f"there is no rule '{r}': {one_of(r, self.rules)}" for r in _all(topic) if r not in self.rules)
        for word in dict.fromkeys(wanted.split()[0] for wanted in (*expect.applied, *expect.not_applied)):
            if word not in self.rules:
                yield f"there is no rule '{word}': {one_of(word, self.rules)}"
        parts = [expect, *expect.items.values(), *(r for of in expect.replies.values() for r in of.values())]
        for part in parts:
            for field in type(part).model_fields:
                if field not in _OF_FIELDS:
                    continue
                known = self.said[_OF_FIELDS[field]]
                for wanted in getattr(part, field):
                    word = wanted.split()[0]
                    if word not in known:
                        yield f"{field}: no rule says '{word}': {one_of(word, known)}"


def _all(topics: dict[str, list[str]]) -> Iterable[str]:
    return (rule for rules in topics.values() for rule in rules)
