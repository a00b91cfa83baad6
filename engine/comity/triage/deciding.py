"""From signatures to rows: each is validated as a case, decided, and written as a row with positions for ids."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Final

from pydantic import ValidationError

from comity.decision import agency
from comity.decision.draft import Draft
from comity.decision.model import Reason
from comity.decision.opinion import check, counterparts, of_each, stated
from comity.decision.reasons import Reasons, Spoken
from comity.law.case import Case
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.logic import reference
from comity.logic.columnar import Columnar
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.terms import Literal
from comity.triage.rows import Row, row

AT_ONCE: Final = 500
"""How many cases are decided together; it bounds the memory that their models take."""

WORDED: Final = 100_000
"""How many reasons are kept in words, for cases in which the same rule says the same."""

WORTH_A_BATCH: Final = 100
"""From how many cases on the columnar reading is quicker than the reference reading one by one."""


MEMORY: Final = "1GiB"
"""What the columnar reading may take in one process."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's search for circles of garbage, which would go through all models again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Reading:
    """Works out the models of many cases under one program, in whichever way is quicker: they are the same."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def columnar(self) -> Columnar:
        """The columnar reading, made when it is first worth while."""
        return Columnar(self.program, threads=1, memory=MEMORY)

    def models(self, cases: Sequence[frozenset[Literal]]) -> list[Model]:
        """The models over the facts of each case."""
        if len(cases) >= WORTH_A_BATCH:
            return self.columnar.models(cases)
        return [reference.model(self.program, facts) for facts in cases]


class Deciding:
    """Decides cases under one rulebook, many at a time."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.reading = Reading(rulebook.program)
        self.said: dict[Spoken, Reason] = {}
        self.beneath = None if rulebook.beneath is None else Deciding(rulebook.beneath)

    def rows(self, signatures: Sequence[str]) -> Iterator[Row | None]:
        """The row of each signature in turn, or ``None`` where it is no case that can be decided."""
        for start in range(0, len(signatures), AT_ONCE):
            with _no_collection():
                found = self._rows_or_none(signatures[start : start + AT_ONCE])
            yield from found

    def _rows_or_none(self, signatures: Sequence[str]) -> list[Row | None]:
        """The rows; ``None`` too for a case on which the program fails, so that it does not stop all others."""
        try:
            return self._rows(signatures)
        except Exception:
            return [None] if len(signatures) == 1 else [row for s in signatures for row in self._rows_or_none([s])]

    def _rows(self, signatures: Sequence[str]) -> list[Row | None]:
        cases = [self._case(signature) for signature in signatures]
        decided = iter(self.drafts([case for case in cases if case is not None]))
        below = self._below([case for case in cases if case is not None])
        return [None if case is None else self._row(next(decided), below) for case in cases]

    def drafts(self, cases: Sequence[Case]) -> list[Draft]:
        """What :class:`comity.decision.opinion.Counsel` says of each case; only what is asked for is worked out."""
        asked = [counterparts(case) for case in cases]
        others = {id(other): other for group in asked for other in group.values()}
        known = dict(zip(others, self._reasons([(other, {}) for other in others.values()]), strict=True))
        theirs = [of_each(group, lambda other: known[id(other)]) for group in asked]
        ours = self._reasons(list(zip(cases, theirs, strict=True)))
        return [
            Draft(case, _day(case), reasons, group, Columnar.names)
            for case, reasons, group in zip(cases, ours, theirs, strict=True)
        ]

    def _reasons(self, given: Sequence[tuple[Case, dict[str, Reasons]]]) -> list[Reasons]:
        if len(self.said) > WORDED:
            self.said.clear()
        models = self.reading.models([stated(case, _day(case), self.rulebook, theirs) for case, theirs in given])
        return [Reasons(self.rulebook, model, said=self.said) for model in models]

    def _case(self, signature: str) -> Case | None:
        try:
            case = Case.model_validate_json(signature)
            check(case, self.rulebook)
        except (ValidationError, InputError):
            return None
        return case

    def _below(self, cases: Sequence[Case]) -> dict[int, Draft]:
        """What the rulebook beneath says of the cases that it knows the words of, by the identity of the case."""
        if self.beneath is None:
            return {}
        known = []
        for case in cases:
            try:
                check(case, self.beneath.rulebook)
            except InputError:
                continue
            known.append(case)
        return {id(case): found for case, found in zip(known, self.beneath.drafts(known), strict=True)}

    def _row(self, draft: Draft, below: dict[int, Draft]) -> Row:
        anew = [] if self.beneath is None else agency.permitted_anew(draft, below.get(id(draft.case)))
        return row(draft, draft.case, self.rulebook, anew)


def _day(case: Case) -> date:
    assert case.as_of is not None, "a signature has the day of decision"
    return case.as_of
