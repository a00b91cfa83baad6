"""The public suite ``datalog-conformance``, run against both readings."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from datalog_conformance import plugin
from datalog_conformance.plugin import discover_yaml_tests, get_tests_dir
from datalog_conformance.runner import ConformanceFailure, YamlTestRunner
from datalog_conformance.schema import Policy, TestCase

sys.path.insert(0, str(Path(__file__).parent))
from adapter import Datalog, Defeasible, read_by_rete

from comity.logic import reference

READINGS = {"reference": reference.model, "rete": read_by_rete}

OTHER_POLICY = "the suite expects it only under a policy other than ambiguity blocking"
SPECIFICITY = "it prefers the more specific rule, while our kernel prefers only what superiority names"
TOO_LARGE = ("hmmer", "lubm", "access1")
"""Cases whose thousands of facts take the readings minutes: both are made for the facts of one case."""
LEFT_OUT: dict[str, str] = {
    "defeasible/basic/bozzato_example1_bob::bozzato_example1_bob_exception": SPECIFICITY,
    "defeasible/basic/depysible_birds::depysible_not_flies_tweety": SPECIFICITY,
    "defeasible/basic/depysible_birds::depysible_nests_in_trees_tina": SPECIFICITY,
    "defeasible/basic/depysible_birds::depysible_nests_in_trees_tweety": SPECIFICITY,
    "defeasible/basic/depysible_birds::depysible_flies_tweety": SPECIFICITY,
}


# The suite has large files, which take minutes without the C parser.
plugin.yaml = SimpleNamespace(safe_load=lambda text: yaml.load(text, Loader=yaml.CSafeLoader))


@functools.cache
def cases() -> list[tuple[str, TestCase]]:
    root = get_tests_dir()
    return [(f"{path.relative_to(root).with_suffix('')}::{case.name}", case) for path, case in discover_yaml_tests()]


def reason_left_out(name: str, case: TestCase) -> str | None:
    if case.klm_property or (case.expect_per_policy and Policy.BLOCKING.value not in case.expect_per_policy):
        return OTHER_POLICY
    if any(word in name for word in TOO_LARGE):
        return "it has thousands of facts"
    return LEFT_OUT.get(name)


def run(case: TestCase, reading: str) -> None:
    if case.theory is None:
        evaluator: object = Datalog(READINGS[reading], "nemo" in case.source)
    else:
        evaluator = Defeasible(READINGS[reading], "nemo" in case.source)
        if case.expect_per_policy:
            kept = {Policy.BLOCKING.value: case.expect_per_policy[Policy.BLOCKING.value]}
            case = TestCase(**{**{f: getattr(case, f) for f in case.__slots__}, "expect_per_policy": kept})
    YamlTestRunner(evaluator).run_test_case(case)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(n, c, id=n) for n, c in cases() if reason_left_out(n, c) is None]
)
def test_the_kernel_answers_as_the_suite_expects(name, case, reading):
    run(case, reading)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_would_fail(name):
    """An exclusion that is no longer needed has to go."""
    with pytest.raises(ConformanceFailure):
        run(dict(cases())[name], "reference")


def test_the_parts_that_must_be_covered_whole_are():
    whole = ("basic/", "negation/", "errors/", "recursion/")
    assert [name for name in LEFT_OUT if name.startswith(whole)] == []
    assert {name.split("/")[0] for name, case in cases() if reason_left_out(name, case) is None} == {
        "basic",
        "negation",
        "errors",
        "recursion",
        "defeasible",
    }


def test_every_exclusion_names_a_case_of_the_suite():
    assert LEFT_OUT.keys() <= dict(cases()).keys()
