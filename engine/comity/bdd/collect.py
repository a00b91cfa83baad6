"""Finds the scenarios of a feature file without any Python beside it, and tells a reader why one failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_bdd
from pytest_bdd.exceptions import GherkinParseError, StepDefinitionNotFoundError
from pytest_bdd.gherkin_parser import get_gherkin_document
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from comity.bdd import steps
from comity.bdd.fields import WordError
from comity.bdd.words import CATALOGUE, nearest
from comity.law.finding import InputError
from comity.logic.agreement import ReadingsDisagree

_AT = pytest.StashKey[tuple[Scenario, Step]]()


def feature_file(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The collector of a feature file that is named on the command line, or uses a step of comity."""
    manager = parent.config.pluginmanager
    if not manager.has_plugin("comity.bdd.collect"):
        for module in (*steps.MODULES, steps):
            manager.register(module, module.__name__)
        manager.register(_Reports(), "comity.bdd.collect")
    if parent.session.isinitpath(path) or _is_ours(path):
        return FeatureFile.from_parent(parent, path=path)
    return None


def _is_ours(path: Path) -> bool:
    lines = (line.strip().partition(" ")[2].strip() for line in path.read_text("utf-8", "replace").splitlines())
    return any(step.words.is_matching(line) for line in lines if line for step in CATALOGUE)


class FeatureFile(pytest.Module):
    """A feature file; its scenarios are tests named by their titles."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem, str(self.path))
        for title in self._titles():
            setattr(module, title, _test(self.path, title))
        return module

    def funcnamefilter(self, name: str) -> bool:
        """Every scenario is a test, whatever its title."""
        return True

    def _titles(self) -> list[str]:
        try:
            feature = get_gherkin_document(str(self.path)).feature
        except GherkinParseError as error:
            raise self.CollectError(f"{self.path}:{error.line}: {error.message}\n  {error.line_content}") from None
        except UnicodeDecodeError as error:
            raise self.CollectError(f"{self.path}: the text is not UTF-8 ({error.reason})") from None
        except KeyError:
            raise self.CollectError(f"{self.path}: a feature file begins with 'Feature:' and a title") from None
        children = [child for c in feature.children for child in ([c] if c.rule is None else c.rule.children)]
        titles = [child.scenario.name for child in children if child.scenario]
        twice = [title for title, count in Counter(titles).items() if count > 1]
        if twice or "" in titles:
            what = f"two scenarios are called '{twice[0]}'" if twice else "a scenario has no title"
            raise self.CollectError(f"{self.path}: {what}; each needs a title of its own")
        return titles


def _test(path: Path, title: str) -> Callable[..., Any]:
    def scenario() -> None:
        """The steps are the test."""

    bind = pytest_bdd.scenario(path.name, title, features_base_dir=str(path.parent))
    return bind(scenario)


class _Reports:
    """What a reader sees of a failed scenario: the step, where it stands, and what was decided instead."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """A scenario that a Python module binds runs once, as that module binds it."""
        bound = {_bound(i) for i in items if not isinstance(i.parent, FeatureFile)}
        twice = [i for i in items if isinstance(i.parent, FeatureFile) and _bound(i) in bound]
        if twice:
            config.hook.pytest_deselected(items=twice)
            items[:] = [item for item in items if item not in twice]

    def pytest_bdd_step_error(self, request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
        request.node.stash[_AT] = (scenario, step)

    def pytest_bdd_step_func_lookup_error(self, request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
        request.node.stash[_AT] = (scenario, step)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.excinfo is not None and _AT in item.stash:
            scenario, step = item.stash[_AT]
            said = _said(call.excinfo.value, step)
            if said is not None:
                report.longrepr = "\n".join(_told(scenario, step, said))
        return report


def _bound(item: pytest.Item) -> tuple[str, str] | None:
    template = registry_get_safe(scenario_wrapper_template_registry, getattr(item, "function", None))
    return (template.feature.filename, template.name) if template else None


def _said(error: BaseException, step: Step) -> str | None:
    """What to tell a reader of an error; ``None`` where only a programmer can read it."""
    match error:
        case pytest.fail.Exception(pytrace=False) | WordError() | InputError():
            return str(error)
        case ReadingsDisagree():
            return f"the readings of the rules disagree, so there is no decision:\n{error}"
        case StepDefinitionNotFoundError():
            return _no_such_step(step)
        case _:
            return None


def _no_such_step(step: Step) -> str:
    same_kind = [known for known in CATALOGUE if known.kind == step.type]
    close = [known.template for known in nearest(step.name, same_kind)]
    text = ["there is no such step; perhaps one of these is meant:", *(f"  {t}" for t in close)] if close else []
    return "\n".join(text or ["there is no such step; there are:", *(f"  {k.template}" for k in same_kind)])


def _told(scenario: Scenario, failed: Step, said: str) -> Iterator[str]:
    yield f"{scenario.feature.filename}:{failed.line_number}: {failed.keyword} {failed.name}"
    yield f"{scenario.keyword}: {scenario.name}"
    for step in scenario.steps:
        yield f"  {step.keyword} {step.name}"
        if step is failed:
            yield from (f"  >>> {line}" for line in said.splitlines())
            break
