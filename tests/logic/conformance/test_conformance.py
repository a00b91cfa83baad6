"""The public suite ``datalog-conformance``, run against the readings that give a model."""

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
from adapter import Datalog, Defeasible, read_by_rete, read_in_columns

from comity.logic import reference

READINGS = {"reference": reference.model, "rete": read_by_rete, "columnar": read_in_columns}

OTHER_POLICY = "the suite expects it only under a policy other than ambiguity blocking"
SPECIFICITY = "it prefers the more specific rule, while our kernel prefers only what superiority names"
EVERY_PROOF = "the readings keep the proof of every conclusion, of which it has millions: minutes and gigabytes"
TEN_KILOBYTES = "durable-rules keeps some ten kilobytes a fact in each ruleset, and it has a hundred thousand facts"
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


def reason_left_out(name: str, case: TestCase, reading: str) -> str | None:
    if case.klm_property or (case.expect_per_policy and Policy.BLOCKING.value not in case.expect_per_policy):
        return OTHER_POLICY
    if "souffle_example_hmmer" in name:
        return EVERY_PROOF
    if "souffle_example_lubm" in name and reading == "rete":
        return TEN_KILOBYTES
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


@pytest.mark.parametrize(
    ("reading", "name", "case"),
    [
        pytest.param(reading, name, case, id=f"{reading}-{name}")
        for reading in READINGS
        for name, case in cases()
        if reason_left_out(name, case, reading) is None
    ],
)
def test_the_kernel_answers_as_the_suite_expects(reading, name, case):
    run(case, reading)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_would_fail(name):
    """An exclusion that is no longer needed has to go."""
    with pytest.raises(ConformanceFailure):
        run(dict(cases())[name], "reference")


def test_the_parts_that_must_be_covered_whole_are():
    whole = ("basic/", "negation/", "errors/", "recursion/")
    assert [name for name in LEFT_OUT if name.startswith(whole)] == []
    too_large = {name.split("::")[0] for name, case in cases() if reason_left_out(name, case, "reference")}
    assert {name for name in too_large if name.startswith(whole)} == {"recursion/souffle_example_hmmer"}


def test_every_exclusion_names_a_case_of_the_suite():
    assert LEFT_OUT.keys() <= dict(cases()).keys()
