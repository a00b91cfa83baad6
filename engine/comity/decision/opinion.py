"""The one path from a case to a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from comity.decision import agency, counterpart
from comity.decision.draft import Draft
from comity.decision.model import Decision
from comity.decision.reasons import Reasons
from comity.law import source
from comity.law.case import Case, Unknown
from comity.law.facts import facts
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.logic.agreement import Reading, Readings, Reference
from comity.logic.model import Model
from comity.logic.terms import Literal


@dataclass(frozen=True)
class Opinion:
    """A decision with all that it rests on, for questions about it.

    ``counterparts`` has, by the id of a request from abroad, what the state that asks would be advised.
    """

    case: Case
    as_of: date
    reasons: Reasons
    decision: Decision
    counterparts: dict[str, Opinion] = field(default_factory=dict)

    @property
    def rulebook(self) -> Rulebook:
        """The rules under which it is given."""
        return self.reasons.rulebook

    @property
    def model(self) -> Model:
        """What the rules conclude from the facts."""
        return self.reasons.model


class Counsel:
    """Gives opinions under one rulebook; keeps the readings warm, so that a small change of facts is a small step.

    What an agency's own rules come to in a case is seen beside the opinion under the shipped ones. An opinion
    that advises somebody comes from both readings; what only documents or compares rules may name one.
    """

    def __init__(self, rulebook: Rulebook, readings: Reading | None = None) -> None:
        self.rulebook = rulebook
        self.readings: Reading = readings or Readings(rulebook.program)
        below = rulebook.beneath
        self.beneath = None if below is None else Counsel(below, Reference(below.program))

    def under(self, rulebook: Rulebook) -> Counsel:
        """Counsel by the same readings under a rulebook that has the same rules, and other tables."""
        return Counsel(rulebook, self.readings)

    def opinion(self, case: Case, as_of: date | None = None) -> Opinion:
        """The opinion on *case* under the law of the day *as_of* (default: the case's own day, else today).

        Raises:
            InputError: the case names an offence category that the rulebook has not.
            ReadingsDisagree: the two readings of the rulebook differ; no advice is given.
        """
        day = as_of or case.as_of or date.today()
        check(case, self.rulebook)
        theirs = of_each(counterparts(case), lambda other: self.opinion(other, day))
        reasons = self._reasons(case, day, {id_: opinion.reasons for id_, opinion in theirs.items()})
        found = concluded(case, day, reasons, theirs, self.readings.names)
        return found if self.beneath is None else replace(found, decision=self._departing(found, self.beneath))

    def draft(self, case: Case, as_of: date) -> Draft:
        """What is advised under these rules, each part worked out when it is asked for.

        Beside what is beneath an agency's rules it is not seen: :meth:`opinion` says that.

        Raises:
            InputError: as :meth:`opinion`.
            ReadingsDisagree: as :meth:`opinion`.
        """
        check(case, self.rulebook)
        theirs = of_each(counterparts(case), lambda other: self.draft(other, as_of).reasons)
        return Draft(case, as_of, self._reasons(case, as_of, theirs), theirs, self.readings.names)

    def _reasons(self, case: Case, day: date, theirs: Mapping[str, Reasons]) -> Reasons:
        return Reasons(self.rulebook, self.readings.model(stated(case, day, self.rulebook, theirs)))

    def _departing(self, opinion: Opinion, beneath: Counsel) -> Decision:
        """The decision with what sets it apart from the shipped rulebook."""
        try:
            shipped = beneath.opinion(opinion.case, opinion.as_of)
        except InputError:  # the case uses words that only this agency's tables have
            shipped = None
        decision, below = opinion.decision, shipped.decision if shipped else None
        models = opinion.model, shipped.model if shipped else None
        found = list(agency.departures(self.rulebook, decision, *models))
        warned = [*agency.permitted_anew(decision, below), *decision.warnings]
        return decision.model_copy(update={"departures": found, "warnings": warned})


def counterparts(case: Case) -> dict[str, Case]:
    """The case as each state that asks has it, by the id of the request; one and the same where it is the same."""
    found: dict[str, Case] = {}
    known: dict[tuple[str, str, str], Case] = {}
    for request in case.requests:
        other = counterpart.turned_round(case, request)
        if other is not None:
            found[request.id] = known.setdefault((str(other.forum), str(other.authority), str(other.stage)), other)
    return found


T = TypeVar("T")


def of_each(cases: Mapping[str, Case], make: Callable[[Case], T]) -> dict[str, T]:
    """What is made of each of *cases*, once of each."""
    made = {id(case): make(case) for case in {id(case): case for case in cases.values()}.values()}
    return {name: made[id(case)] for name, case in cases.items()}


def stated(case: Case, day: date, rulebook: Rulebook, theirs: Mapping[str, Reasons]) -> frozenset[Literal]:
    """All that rules may read: the facts of the case, of the tables, and what holds for those who ask."""
    return facts(case, rulebook.tables, day) | told(case, theirs)


def told(case: Case, theirs: Mapping[str, Reasons]) -> frozenset[Literal]:
    """What holds for those who ask, as facts of the case."""
    return frozenset(fact for r in case.requests for fact in counterpart.seen(r, str(case.forum), theirs.get(r.id)))


def concluded(
    case: Case,
    day: date,
    reasons: Reasons,
    theirs: dict[str, Opinion],
    readings: Iterable[str] = Readings.names,
) -> Opinion:
    """The opinion on a case once its model is known, and by which *readings*."""
    known = {id_: opinion.reasons for id_, opinion in theirs.items()}
    return Opinion(case, day, reasons, Draft(case, day, reasons, known, readings).decision, theirs)


def decide(case: Case, rulebook: Rulebook, as_of: date | None = None) -> Decision:
    """The decision on one case; see :meth:`Counsel.opinion`."""
    return Counsel(rulebook).opinion(case, as_of).decision


def check(case: Case, rulebook: Rulebook, node: source.Node | None = None) -> None:
    """See that a case uses words of the rulebook only; *node* is what it was read from, where that is known.

    Raises:
        InputError: an offence category, or an instrument that a request names, is not in its tables.
    """
    known = rulebook.tables.offences
    instruments = rulebook.tables.instruments

    def fault(group: str, number: int, field: str, code: str, message: str, hint: str) -> Finding:
        if node is not None:
            return Finding(source.place_of(node, (group, number, field)), code, message, hint)
        part = getattr(case, group)[number].id
        return Finding(Place(f"case {case.case}"), code, f"{group}.{part}: {message}", hint)

    faults = []
    for number, offence in enumerate(case.offences):
        if offence.category not in known:
            message = f"'{offence.category}' is no category of offence"
            hint = one_of(offence.category, known) or "'comity show offences' lists them"
            faults.append(fault("offences", number, "category", "F109", message, hint))
    for number, request in enumerate(case.requests):
        if not isinstance(request.instrument, Unknown) and request.instrument not in instruments:
            message = f"'{request.instrument}' is no instrument"
            hint = one_of(request.instrument, instruments) or "'comity show instrument' lists them"
            faults.append(fault("requests", number, "instrument", "F110", message, hint))
    if faults:
        raise InputError(faults)
