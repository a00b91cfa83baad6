"""comity mutate: faults in the rules that no scenario notices are printed as changes of the rule file."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def test_a_fault_that_nobody_notices_is_printed_with_its_place_and_as_a_change(comity, law, scenarios):
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "home")
    assert ran.code == 0
    assert "home#5: a conclusion is left out; no scenario notices" in ran.out
    place = next(line for line in ran.out.splitlines() if "home#5" in line).split()[0]
    file, line = place.rsplit(":", 1)
    assert "kind: domestic-order" in Path(file).read_text().splitlines()[int(line) - 1]
    assert "    -    - channel: {item: $item, state: $here, kind: domestic-order}" in ran.out


def test_what_is_noticed_is_counted_and_not_printed(comity, law, scenarios):
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "asked")
    assert "asked#" not in ran.out
    row = next(line for line in ran.out.splitlines() if line.split()[:1] == ["all"])
    assert row.split() == ["all", "2", "0", "0", "100.0", "%"]


def test_exit_code_1_where_fewer_are_noticed_than_asked_for(comity, law, scenarios):
    common = ("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "home")
    assert comity(*common, "--at-least", 95).code == 1
    assert comity(*common, "--at-least", 10).code == 0


def test_files_and_folders_choose_rules(comity, law, scenarios):
    whole = comity("mutate", law / "principles", "--rules", law, "--scenarios", scenarios, "--json")
    one = comity("mutate", law / "principles" / "rules.yaml", "--rules", law, "--scenarios", scenarios, "--json")
    assert whole.out == one.out
    assert {each["rule"] for each in json.loads(one.out)["mutants"]} >= {"asked", "home", "new-law"}


def test_of_what_is_chosen_only_the_rules_named_are_tried(comity, law, scenarios):
    common = ("--rules", law, "--scenarios", scenarios, "--json")
    ran = comity("mutate", law / "principles", *common, "--rule", "home")
    assert {each["rule"] for each in json.loads(ran.out)["mutants"]} == {"home"}
    (law / "principles" / "other.yaml").write_text(
        '- {id: other, title: Other, cites: [law/1], when: [{data: {id: $i, stored_in: $s}}], because: "{i} {s}",'
        " conclude: [{addressee: {item: $i, state: $s}}]}\n"
    )
    ran = comity("mutate", law / "principles" / "other.yaml", *common, "--rule", "home")
    assert (ran.code, "there is no rule 'home' in" in ran.err) == (2, True)


def test_json_has_every_mutant_with_its_fate(comity, law, scenarios):
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "hands-off", "--json")
    told = json.loads(ran.out)
    assert told["complete"] is True
    killed = [each for each in told["mutants"] if each["fate"] == "killed"]
    assert killed
    assert {each["by"] for each in killed} == {"Mail and a note abroad"}
    assert all(each["diff"].startswith("--- ") for each in told["mutants"])


def test_a_sample_is_the_same_for_the_same_seed(comity, law, scenarios):
    def sample(seed: int) -> list[str]:
        ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--sample", 5, "--seed", seed, "--json")
        return [each["mutant"] for each in json.loads(ran.out)["mutants"]]

    assert len(sample(1)) == 5
    assert sample(1) == sample(1) != sample(2)


def test_a_scenario_that_fails_anyway_is_named(comity, law, scenarios):
    right = (scenarios / "harbour.yaml").read_text()
    (scenarios / "wrong.yaml").write_text(right.replace("permitted", "refused").replace("Mail and", "Wrong"))
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "asked")
    assert ran.code == 1
    assert "fails under the rules as they are, and judges nothing: Wrong a note abroad" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--rule", "homes"), "there is no rule 'homes'"),
        (("nowhere.yaml",), "there is no such file or folder"),
        (("--scenarios", "nowhere"), "there is no such file or folder"),
    ],
)
def test_wrong_input_is_told(comity, law, scenarios, arguments, told):
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, *arguments)
    assert ran.code == 2
    assert told in ran.err


@pytest.mark.parametrize("request_", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_says_what_it_has_found(law, scenarios, request_):
    """Of the shipped rules, which take longer than a second."""
    command = [sys.executable, "-P", "-m", "comity_cli", "mutate", "--scenarios", str(scenarios)]
    environment = {name: value for name, value in os.environ.items() if name != "COMITY_RULES"}
    scenario = scenarios / "harbour.yaml"
    scenario.write_text(scenario.read_text().replace(", offered: [mla FR]", "").replace("expect:", "expect: # all"))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True, start_new_session=True
    ) as process:
        time.sleep(12)
        if request_ == signal.SIGINT:
            os.killpg(process.pid, request_)  # a terminal asks every process
        else:
            process.terminate()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Interrupted after" in out
    assert "Traceback" not in err


def test_a_survivor_comes_with_a_case_and_what_a_scenario_could_expect_of_it(comity, law, scenarios, tmp_path):
    ran = comity("mutate", "--rules", law, "--scenarios", scenarios, "--rule", "home", "--cases", tmp_path / "cases")
    assert "it would show in " in ran.out
    text = (tmp_path / "cases" / "home-5.yaml").read_text()
    assert "# A scenario would notice, if this is the law and it expected one of:\n# items." in text
    decided = comity("decide", tmp_path / "cases" / "home-5.yaml", "--rules", law, "--json")
    assert decided.code == 0
