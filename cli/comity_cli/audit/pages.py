"""Rule files as pages that show what the scenarios exercise of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final
from typing import Literal as Word

from jinja2 import Environment, FunctionLoader

from comity.audit.coverage import Coverage, RuleCoverage
from comity.audit.ruletext import RuleFile, RuleText, end_of
from comity.law.finding import Place
from comity.law.rule import LawRule

Colour = Word["both", "one", "none"]
"""Exercised both ways, one way only, or not at all."""


@dataclass(frozen=True)
class Note:
    """What stands beside a line: in few words, and for each way the scenarios that go it."""

    colour: Colour
    text: str
    ways: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class Line:
    """A line of a rule file; ``anchor`` is the id of the rule that begins there."""

    number: int
    text: str
    colour: Colour | None = None
    anchor: str = ""
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A rule file; ``points`` are how much of it is exercised, and how much there is."""

    name: str
    layer: str
    href: str
    lines: list[Line]
    rules: int
    fired: int
    points: tuple[int, int]

    @property
    def share(self) -> float:
        """How much is exercised, in per cent."""
        return 100 * self.points[0] / self.points[1] if self.points[1] else 100.0


_TEMPLATES: Final = files("comity_cli.audit") / "templates"


def write(folder: Path, rules: list[LawRule], found: Coverage, scenarios: int) -> Path:
    """Write an index and one page for each rule file into *folder*; the path of the index."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=FunctionLoader(lambda name: (_TEMPLATES / name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    by_file: dict[str, list[LawRule]] = defaultdict(list)
    for rule in rules:
        by_file[rule.place.file].append(rule)
    pages = [_page(Path(file), group, found) for file, group in by_file.items()]
    for page in pages:
        text = environment.get_template("file.html").render(page=page, scenarios=scenarios)
        (folder / page.href).write_text(text, encoding="utf-8")
    layers: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        layers[page.layer].append(page)
    index = folder / "index.html"
    told = environment.get_template("index.html").render(layers=layers, pages=pages, scenarios=scenarios)
    index.write_text(told, encoding="utf-8")
    return index


def _page(path: Path, rules: list[LawRule], found: Coverage) -> Page:
    file = RuleFile(path)
    lines = [Line(number, text) for number, text in enumerate(file.text.splitlines(), 1)]
    for rule in rules:
        _annotate(lines, rule, file.rules[rule.id], found[rule.id])
    points = [found[rule.id].points for rule in rules]
    return Page(
        f"{path.parent.name}/{path.name}",
        rules[0].layer,
        f"{path.parent.name}-{path.stem}.html",
        lines,
        len(rules),
        sum(bool(found[rule.id].fired) for rule in rules),
        (sum(got for got, _ in points), sum(of for _, of in points)),
    )


def _annotate(lines: list[Line], rule: LawRule, text: RuleText, told: RuleCoverage) -> None:
    head = lines[rule.place.line - 1]
    head.anchor = rule.id
    lost = told.fired & told.lost
    summary = _count(told.fired, "applies in", "applies in no scenario")
    if lost:
        summary += f", without effect in {len(lost)}"
    _note(head, [head], "both" if told.fired else "none", summary, [("applies", told.fired), ("without effect", lost)])
    spans = dict(_spans(text))
    for place, titles in told.failed.items():
        begins, ends = spans.get(place, (place.line, place.line))
        colour: Colour = "both" if titles and told.fired else "one" if titles or told.fired else "none"
        summary = _count(titles, "fails alone in", "never fails alone")
        _note(lines[begins - 1], lines[begins - 1 : ends], colour, summary, [("fails alone", titles)])
    for other, place in rule.overrides:
        won = told.won[other]
        summary = f"{other}: {_count(won, 'prevails in', 'never prevails')}"
        line = lines[place.line - 1]
        _note(line, [line], "both" if won else "none", summary, [("prevails", won)])


def _note(line: Line, spanned: list[Line], colour: Colour, text: str, ways: Iterable[tuple[str, set[str]]]) -> None:
    told = tuple((way, tuple(sorted(titles))) for way, titles in ways if titles)
    line.notes.append(Note(colour, text, told))
    for each in spanned:
        each.colour = colour if each.colour in (None, colour) else "one"


def _count(titles: set[str], some: str, none: str) -> str:
    return f"{some} {len(titles)}" if titles else none


def _spans(text: RuleText) -> Iterator[tuple[Place, tuple[int, int]]]:
    """The first and the last line of each condition, by the place where it begins."""
    conditions = text.get("when")
    parts = [(item.value[0][0], item) for item in conditions.value] if conditions is not None else []
    effective = text.get("effective")
    parts += [(effective, effective)] if effective is not None else []
    for key, whole in parts:
        mark = key.start_mark
        ends = text.file.count("\n", 0, end_of(whole)) + 1
        place = Place(str(text.path), mark.line + 1, mark.column + 1, _length(key))
        yield place, (mark.line + 1, ends)


def _length(node: object) -> int:
    start, end = node.start_mark, node.end_mark  # type: ignore[attr-defined]
    return max(1, end.column - start.column) if start.line == end.line else 1
