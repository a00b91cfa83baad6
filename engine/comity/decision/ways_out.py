"""Where dual criminality is missing or not established, what may still be done.

The same conduct may be argued under another name, asked for through a channel that needs no dual criminality, asked
for on another offence of the case, or left to another state that claims jurisdiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from typing import Literal as Word

from comity.decision.model import Channel, Claim, ItemAdvice, WayOut, WaysOut
from comity.decision.reasons import Reasons
from comity.decision.wording import action
from comity.law.case import Case, Offence
from comity.law.state import in_sentence
from comity.law.terms import Phase
from comity.logic.model import Verdict
from comity.logic.terms import Literal

_HELP: Final = {"data": "evidence", "asset": "evidence", "person": "persons"}
_Status = Word["missing", "undecided", "unknown", "by-conduct"]


def ways_out(reasons: Reasons, case: Case, advice: Iterable[ItemAdvice], claims: list[Claim]) -> list[WaysOut]:
    """For each item, foreign addressee and offence without plain dual criminality, the ways out, the firmest first."""
    forum = str(case.forum)
    found: list[WaysOut] = []
    for item in advice:
        for state in item.addressees:
            for offence in case.offences:
                if state != forum and not _both(reasons, offence.id, forum, state):
                    found.append(_Search(reasons, case, claims, item, state, offence).result())
    return found


def _both(reasons: Reasons, offence: str, one: str, other: str) -> bool:
    return reasons.verdict("dual_criminality", offence, one, other) is Verdict.HELD


@dataclass(frozen=True)
class _Search:
    reasons: Reasons
    case: Case
    claims: list[Claim]
    item: ItemAdvice
    state: str
    offence: Offence

    @property
    def forum(self) -> str:
        return str(self.case.forum)

    def result(self) -> WaysOut:
        status = self._status()
        pair = (self.offence.id, self.forum, self.state)
        why, against = self.reasons.for_and_against("dual_criminality", *pair)
        told = [*why, *(against if status == "undecided" else [])]
        ways = [*self._qualifications(), *self._offences(), *self._channels(), *self._leads()]
        return WaysOut(
            item=self.item.item,
            state=self.state,
            offence=self.offence.id,
            dual_criminality=status,
            text=self._text(status),
            reasons=told,
            ways=ways,
        )

    def _status(self) -> _Status:
        if self._by_conduct(self.forum):
            return "by-conduct"
        if (self.offence.id, self.forum, self.state) in self.reasons.denied("dual_criminality"):
            return "missing"
        return "undecided" if self._in("contested") else "unknown"

    def _in(self, list_: Word["denied", "contested"]) -> list[str]:
        """Those of the two states for which it is denied, or undecided, that the act was an offence there."""
        rows = self.reasons.denied("criminal_in") if list_ == "denied" else self.reasons.contested("criminal_in")
        return [state for state in (self.forum, self.state) if (self.offence.id, state) in rows]

    def _text(self, status: _Status) -> str:
        act, there = self.offence.id, in_sentence(self.state)
        if status == "by-conduct":
            return f"{act} is an offence in {there} by what was done, though not by that name: describe the conduct"
        if status == "missing":
            return f"{act} was no offence in {_names(self._in('denied'))}"
        held = self.reasons.held("criminal_in")
        open_ = [state for state in (self.forum, self.state) if (act, state) not in held]
        return f"it is not established that {act} was an offence in {_names(open_)}"

    def _by_conduct(self, asking: str) -> list[tuple[str, ...]]:
        wanted = (self.offence.id, asking, self.state)
        help_ = _HELP[self.item.sort]
        return [row for row in self.reasons.held("dual_criminality_as") if (row[:3], row[4]) == (wanted, help_)]

    def _qualifications(self) -> Iterator[WayOut]:
        """Other names of the conduct: those that settle the matter, then those that may be argued."""
        settled = [row[3] for row in self._by_conduct(self.forum)]
        pair = (self.offence.id, self.forum, self.state)
        arguable = [row[3] for row in self.reasons.held("arguable_as") if row[:3] == pair]
        for other in dict.fromkeys([*settled, *arguable]):
            why = [
                reason
                for row in self._by_conduct(self.forum)
                if row[3] == other
                for reason in self.reasons.for_and_against("dual_criminality_as", *row)[0]
            ]
            if other in arguable:
                why += self.reasons.for_and_against("arguable_as", *pair, other)[0]
            for state in (self.forum, self.state):
                why += self.reasons.for_and_against("punished", self.offence.id, state, other)[0]
            yield WayOut(way="qualification", name=other, text=self._argued(other), reasons=why)

    def _argued(self, other: str) -> str:
        tables = self.reasons.rulebook.tables
        row = tables.qualification(self.offence.category, other)
        title = tables.offences[other]["title"] or other
        condition = row["condition"] if row else ""
        sources = [row["citation"]] if row else []
        for state in (self.forum, self.state):
            statute = tables.statute(state, other)
            if statute is not None and self._punished_by_statute(state, other):
                unread = ", to be verified" if statute["verified"] == "no" else ""
                sources.append(f"{in_sentence(state)}: {statute['citation']}{unread}")
        told = f"{title} ({'; '.join(sources)})"
        if condition:
            return f"argue it as {told}, if the facts show that {condition}"
        return f"describe it as {told}, which it is as well"

    def _punished_by_statute(self, state: str, other: str) -> bool:
        """Whether a statute was law on the day of the act, as the tables have it."""
        literal = Literal("punished", (self.offence.id, state, other))
        firings = self.reasons.model.supporters(literal)
        return any(premise.relation == "statute" for firing in firings for premise in firing.premises)

    def _offences(self) -> Iterator[WayOut]:
        for other in self.case.offences:
            if other.id != self.offence.id and _both(self.reasons, other.id, self.forum, self.state):
                yield WayOut(
                    way="offence",
                    name=other.id,
                    text=f"rest the request on {other.id}, an offence in {_names([self.forum, self.state])}",
                    reasons=self.reasons.for_and_against("dual_criminality", other.id, self.forum, self.state)[0],
                )

    def _channels(self) -> Iterator[WayOut]:
        """What needs no dual criminality: evidence before what is only information or keeps data."""
        open_ = [
            channel
            for channel in self.item.channels
            if (self.item.item, channel.state, str(channel.kind)) in self.reasons.held("without_dual_criminality")
            and channel.state == self.state
        ]
        for channel in sorted(open_, key=lambda channel: channel.kind.phase is not Phase.OBTAIN or _informs(channel)):
            arguments = (self.item.item, self.state, str(channel.kind))
            step = action(channel.kind, self.state, self.item.item)
            why = self.reasons.for_and_against("without_dual_criminality", *arguments)[0]
            yield WayOut(way="channel", name=str(channel.kind), text=step, reasons=why)

    def _leads(self) -> Iterator[WayOut]:
        """Other states whose own request would meet dual criminality, or that can try the case where they are asked."""
        act = self.offence.id
        for claim in self.claims:
            name = in_sentence(claim.state)
            based = [reason for basis in claim.bases if basis.status == "held" for reason in basis.reasons]
            if claim.status != "held" or claim.state == self.forum:
                continue
            if claim.state == self.state:
                if (act, self.state) in self.reasons.held("criminal_conduct"):
                    why = self.reasons.for_and_against("criminal_conduct", act, self.state)[0]
                    text = f"let {name} lead, which claims jurisdiction and punishes {act} itself"
                    yield WayOut(way="lead", name=claim.state, text=text, reasons=[*why, *based])
                continue
            why = self.reasons.for_and_against("dual_criminality", act, claim.state, self.state)[0]
            if not _both(self.reasons, act, claim.state, self.state):
                rows = self._by_conduct(claim.state)
                why = [r for row in rows for r in self.reasons.for_and_against("dual_criminality_as", *row)[0]]
                if not rows:
                    continue
            text = f"let {name} lead: it and {in_sentence(self.state)} both punish what was done"
            yield WayOut(way="lead", name=claim.state, text=text, reasons=[*why, *based])


def _informs(channel: Channel) -> bool:
    return all(basis.yields == "information" for basis in channel.bases)


def _names(states: list[str]) -> str:
    return " and in ".join(in_sentence(state) for state in states)
