"""All that is claimed of every possible case under one rulebook, judged on more than one processor."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from comity import scenario
from comity.decision.proving import Applies, Judgment, Prover, Standing, applied
from comity.law.assumed import Breach, breaches, keys
from comity.law.dated import dated
from comity.law.finding import InputError
from comity.law.possible import case_axioms, shapes
from comity.law.property import Claim, Property, read_properties
from comity.law.rulebook import Rulebook, shipped_folder
from comity.law.supposition import suppose

PROCESSES: Final = 2
_CASES_AT_ONCE: Final = 25
_RULES_AT_ONCE: Final = 3


@dataclass(frozen=True)
class Claims:
    """What is claimed of one rulebook, read from its ``properties/``.

    Raises:
        InputError: with every fault of the folder, from :meth:`read`.
    """

    folder: Path
    rulebook: Rulebook
    properties: tuple[Property, ...]

    @classmethod
    def read(cls, folder: Path | None) -> Claims:
        """The claims in the folder of a rulebook, by default the shipped one."""
        place = folder or shipped_folder()
        rulebook = Rulebook.from_folder(place)
        found, findings = read_properties(rulebook)
        if findings:
            raise InputError(findings)
        return cls(place, rulebook, tuple(found))

    def assumptions(self) -> Iterator[str]:
        """What proofs take for granted about the tables, in words; of case files see :meth:`forms`."""
        yield from (claim.title for claim in self.properties if claim.axiom is not None)
        yield from keys(shapes(self.rulebook))

    def forms(self) -> Iterator[str]:
        """What holds of every case file by its form, in words."""
        yield from dict.fromkeys(axiom.says for axiom in case_axioms())

    def breaches(self) -> list[Breach]:
        """Where the tables break what is assumed of them, on any day."""
        axioms = [claim.axiom for claim in self.properties if claim.axiom is not None]
        return list(breaches(axioms, shapes(self.rulebook), dated(self.rulebook.tables)))


@dataclass
class Rules:
    """Which rules can apply, and how that is known: what came of the *claim* that every rule can.

    ``worked`` apply in worked cases, ``made`` in a case made for the purpose; ``waiting`` only under rows that no
    table has, or on answers of another state for which no case was found; ``never`` in no case at all; of ``open``
    ones nobody knows.
    """

    claim: Property | None
    count: int
    seconds: float = 0.0
    worked: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    never: list[str] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """How the claim stands that every rule can apply."""
        return Standing.FAILS if self.never else Standing.OPEN if self.open else Standing.PROVED

    def __str__(self) -> str:
        told = [f"{len(self.worked)} of {self.count} rules apply in worked cases"]
        told += [f"{len(self.made)} in cases made for them"] if self.made else []
        told += (
            [f"{len(self.waiting)} wait for rows, or for answers of another state, that nobody has found yet"]
            if self.waiting
            else []
        )
        told += [f"{len(self.never)} in no case at all"] if self.never else []
        told += [f"{len(self.open)} open"] if self.open else []
        return ", ".join(told)


@dataclass(frozen=True)
class Progress:
    """How far the work is: claims judged, and rules of which it is known whether they can apply."""

    claims: int
    rules: int


def run(
    claims: Claims, today: date, scenarios: Sequence[Path] = (), *, timeout: float = 20.0, rules: bool = True
) -> Iterator[Judgment | Rules | Progress]:
    """The judgments on *claims* as they come, with progress between them; what is known of all rules comes last.

    *scenarios* are worked cases that may show that a rule can apply; *timeout*, in seconds, is for each question.
    With *rules* false the claim that every rule can apply is left out.

    Raises:
        ReadingsDisagree: on the case that breaks a claim the two readings that give advice differ.
    """
    every = next((claim for claim in claims.properties if claim.claim is Claim.EVERY_RULE), None) if rules else None
    work = _Work(claims, every, scenarios)
    begun = time.monotonic()
    done: queue.SimpleQueue[object] = queue.SimpleQueue()
    with multiprocessing.Pool(PROCESSES, _begin, (claims.folder, today, timeout)) as pool:
        running = 0
        while True:
            while running < PROCESSES + 1 and (task := work.next()) is not None:
                pool.apply_async(_do, task, callback=done.put, error_callback=done.put)
                running += 1
            if not running:
                break
            result = done.get()
            running -= 1
            if isinstance(result, BaseException):
                raise result
            if isinstance(result, Judgment):
                work.judged += 1
                yield result
            else:
                work.take(result)
            yield Progress(work.judged, work.known)
    if every is not None:
        work.rules.seconds = time.monotonic() - begun
        yield work.rules


class _Work:
    """What is still to be done: claims first, then worked cases, then the rules that none of these shows."""

    def __init__(self, claims: Claims, every: Property | None, scenarios: Sequence[Path]) -> None:
        self.judged = 0
        self.rules = Rules(every, len(claims.rulebook.rules))
        self._claims = [claim.id for claim in claims.properties if claim.goal is not None]
        files = list(scenarios) if every is not None else []
        self._files = [files[n : n + _CASES_AT_ONCE] for n in range(0, len(files), _CASES_AT_ONCE)]
        self._left = {rule.id: False for rule in claims.rulebook.rules} if every is not None else {}
        self._reading = 0

    @property
    def known(self) -> int:
        """Of how many rules it is known whether they can apply."""
        return self.rules.count - len(self._left)

    def next(self) -> tuple[str, tuple[str, ...]] | None:
        """The next piece of work; ``None`` where nothing can be begun now."""
        if self._claims:
            return "judge", (self._claims.pop(0),)
        if self._files:
            self._reading += 1
            return "cases", tuple(map(str, self._files.pop(0)))
        waiting = [rule for rule, begun in self._left.items() if not begun]
        if self._reading or not waiting:
            return None
        chosen = waiting[:_RULES_AT_ONCE]
        self._left.update(dict.fromkeys(chosen, True))
        return "rules", tuple(chosen)

    def take(self, result: object) -> None:
        """Note what came of a piece of work on rules."""
        if isinstance(result, tuple):
            self._reading -= 1
            here, supposed = result
            self.rules.worked |= here & self._left.keys()
            for rule in here:
                self._left.pop(rule, None)
                self.rules.waiting.pop(rule, None)
            for rule, path in supposed.items():
                if self._left.pop(rule, None) is not None:
                    self.rules.waiting[rule] = (f"what {path} supposes",)
            return
        assert isinstance(result, list)
        for found in result:
            self._note(found)

    def _note(self, found: Applies) -> None:
        for rule in found.applied & self._left.keys():
            self._left.pop(rule)
            self.rules.made.add(rule)
        if found.rule in self._left:
            self._left.pop(found.rule)
            if found.never:
                self.rules.never.append(found.rule)
            elif found.rows:
                self.rules.waiting[found.rule] = found.rows
            else:
                self.rules.open[found.rule] = found.why


_prover: Prover | None = None
_known: dict[str, Property] = {}


def _begin(folder: Path, today: date, timeout: float) -> None:
    """Make a process ready; it is ended from outside, not by an interrupt from the keyboard."""
    global _prover
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    claims = Claims.read(folder)
    _known.update({claim.id: claim for claim in claims.properties})
    _prover = Prover(claims.rulebook, claims.properties, today, timeout)


def _do(what: str, names: Iterable[str]) -> object:
    assert _prover is not None
    if what == "judge":
        (name,) = names
        return _prover.judge(_known[name])
    if what == "rules":
        return [_prover.can_apply(name) for name in names]
    here: set[str] = set()
    supposed: dict[str, str] = {}
    for path in names:
        read = scenario.read(Path(path))
        if read.suppose:
            rulebook = suppose(_prover.rulebook, read.suppose)
            supposed.update(dict.fromkeys(applied(rulebook, read.case, read.as_of), path))
        else:
            here |= applied(_prover.rulebook, read.case, read.as_of)
    return here, supposed
