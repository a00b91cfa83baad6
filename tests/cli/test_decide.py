import io
import json
from pathlib import Path

import pytest
from rich.console import Console

import comity as library
from comity.law.rulebook import shipped_folder
from comity_cli.render import advice, details

SCENARIOS = sorted((shipped_folder().parent / "scenarios").rglob("*.yaml"))


@pytest.fixture(scope="module")
def counsel():
    from comity.decision.opinion import Counsel

    return Counsel(library.Rulebook.shipped())


def screen(decision, width: int, height: int) -> list[str]:
    out = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width, height=height)
    advice.first_screen(decision, out)
    return out.file.getvalue().splitlines()


def test_the_advice_comes_first_and_in_the_order_in_which_it_is_needed(comity, case, law) -> None:
    ran = comity("decide", case, "--rules", law)
    assert (ran.code, ran.err) == (0, "")
    places = [
        ran.out.index(part) for part in ("WHO LEADS", "TODAY", "NOT TO BE DONE", "CLAIMS TO JURISDICTION", "PLAN")
    ]
    assert places == sorted(places)
    head, below = ran.out.split("CLAIMS TO JURISDICTION")
    assert "Germany alone has a claim" in head
    assert "Ask France to preserve mail" in head
    assert "mail is in France, out of reach of Germany" in below


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_first_screen_fits_a_terminal_of_80_by_24(path: Path, counsel) -> None:
    decision = counsel.opinion(library.Case.from_file(path)).decision
    shown = screen(decision, 80, 24)
    assert len(shown) <= 23, "\n".join(shown)
    first = {"REPLY"} if decision.replies else {"WHO LEADS", "TODAY"}
    assert first | {"NOT TO BE DONE"} <= set(shown)


def test_of_many_items_the_first_screen_names_some_and_the_plan_all(comity, tmp_path) -> None:
    names = [f"mail-{letter}" for letter in "abcdefgh"]
    items = "".join(f"  - {{id: {name}, category: content, stored_in: JP}}\n" for name in names)
    path = tmp_path / "many.yaml"
    path.write_text(f"case: many\nforum: DE\nas_of: 2026-11-01\ndata:\n{items}")
    head, below = comity("decide", path).out.split("CLAIMS TO JURISDICTION")
    assert "Ask Japan to preserve mail-a, mail-b, mail-c, mail-d, mail-e and 3 more, through" in head
    assert "preserve mail-a, mail-b, mail-c, mail-d, mail-e, mail-f, mail-g and mail-h, through" in below


def test_where_others_ask_us_the_reply_comes_first_then_the_time_then_what_is_forbidden(comity) -> None:
    folder = shipped_folder().parent / "scenarios" / "incoming"
    ran = comity("decide", folder / "certificate-first-day.yaml")
    assert (ran.code, ran.err) == (0, "")
    places = [ran.out.index(part) for part in ("REPLY", "BY WHEN", "NOT TO BE DONE", "REQUESTS", "CLAIMS TO")]
    assert places == sorted(places)
    assert "mails: comply." in ran.out
    assert "2026-08-28: Platform hands mails over to Germany within 10 days of receipt" in ran.out
    assert "WHO LEADS" not in ran.out


def test_a_company_that_is_asked_is_told_what_it_may_not_do_and_by_which_law(comity) -> None:
    folder = shipped_folder().parent / "scenarios" / "incoming"
    ran = comity("decide", folder / "demand-on-chinese-company.yaml")
    head, below = ran.out.split("REQUESTS")
    assert "log: redirect." in head
    assert "Do not hand log over to the United States on its direct demand" in head
    assert "cn-icjal-2018/4-3" in below


@pytest.mark.parametrize("path", SCENARIOS[::5], ids=lambda path: path.stem)
def test_everything_is_readable_in_40_columns(path: Path, counsel) -> None:
    decision = counsel.opinion(library.Case.from_file(path)).decision
    out = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=40, height=24)
    advice.first_screen(decision, out)
    details.details(decision, out)
    assert max(map(len, out.file.getvalue().splitlines())) <= 40


def printed(counsel, name: str) -> tuple[str, str]:
    path = next(path for path in SCENARIOS if path.stem == name)
    decision = counsel.opinion(library.Case.from_file(path)).decision
    first, below = (Console(file=io.StringIO(), force_terminal=True, color_system=None, width=200) for _ in "12")
    advice.first_screen(decision, first)
    details.details(decision, below)
    return first.file.getvalue(), below.file.getvalue()


def test_where_dual_criminality_fails_a_way_out_is_told_first_and_all_of_them_below(counsel) -> None:
    first, below = printed(counsel, "gambling-licensed-abroad")
    assert "Gambling was no offence in Spain; a way out: argue it as computer fraud" in first
    part = below.split("DUAL CRIMINALITY AND THE WAYS OUT")[1]
    assert part.index("players, organiser, Spain, missing") < part.index("argue it as laundering of proceeds")
    assert part.count("argue it as laundering of proceeds") == 1
    assert "untoc/6" in part


def test_that_dual_criminality_is_not_known_is_told_below_only(counsel) -> None:
    first, below = printed(counsel, "identity-theft-by-its-parts")
    assert "way out" not in first
    assert "log, the United States, unknown: it is not established that phishing was an offence in" in below


def test_what_does_not_fit_is_counted_and_told_below(comity, tmp_path, law) -> None:
    items = "".join(f"  - {{id: item{n}, category: content, stored_in: FR}}\n" for n in range(30))
    path = tmp_path / "many.yaml"
    path.write_text(f"case: many\nforum: DE\ndata:\n{items}")
    ran = comity("decide", path, "--rules", law)
    head, below = ran.out.split("CLAIMS TO JURISDICTION")
    assert "more under the items" in head
    assert "item29 is in France" not in head
    assert "item29 is in France" in below


def test_json_is_the_decision_and_nothing_else(comity, case, law) -> None:
    ran = comity("decide", case, "--rules", law, "--json")
    assert (ran.code, ran.err) == (0, "")
    decision = json.loads(ran.out)
    assert decision.keys() >= {
        "case", "as_of", "lead", "claims", "conflict", "data", "plan", "warnings", "undecided", "digest",
    }  # fmt: skip
    assert decision["data"][0].keys() >= {"item", "direct_access", "routes", "recommended"}
    assert decision["data"][0]["recommended"]["kind"] == "mla"
    library.Decision.model_validate(decision)


def test_a_later_day_brings_later_law(comity, case, law) -> None:
    def kinds(*day: str) -> set[str]:
        decision = json.loads(comity("decide", case, "--rules", law, "--json", *day).out)
        return {f"{channel['kind']} {channel['status']}" for channel in decision["data"][1]["channels"]}

    assert "production-order refused" in kinds()
    assert "production-order offered" in kinds("--as-of", "2030-01-01")


def test_a_case_can_come_from_the_standard_input(comity, case, law) -> None:
    ran = comity("decide", "-", "--rules", law, "--json", stdin=case.read_text())
    assert json.loads(ran.out)["case"] == "harbour"


def test_rules_can_be_named_in_the_environment(comity, case, law, monkeypatch) -> None:
    monkeypatch.setenv("COMITY_RULES", str(law))
    assert "out of reach of Germany" in comity("decide", case).out


def test_a_source_that_nobody_has_checked_is_named_on_the_first_screen(comity, case, law) -> None:
    head, below = comity("decide", case, "--rules", law).out.split("CLAIMS TO JURISDICTION")
    assert "The advice on mail rests on a source that has to be verified first" in head
    assert "Germany and France help each other with mail [law/2] (not verified)" in below


def test_each_step_of_a_route_comes_with_its_terms(comity, case, law) -> None:
    out = comity("decide", case, "--rules", law).out
    mail = out[out.index("MAIL (data)") : out.index("NOTE (data)")]
    preserve, assist = mail.index("1. Ask France to preserve mail."), mail.index("2. Send a request for mutual legal")
    assert preserve < mail.index("the next request has to follow within 60 days") < assist
    assert "expected in 100 to 200 days" in mail
    plan = out[out.index("\nPLAN") :]
    assert "First: mail is lost on 2026-01-15" in plan
    assert "with step 1 done; by 2026-03-02 at the latest" in plan  # 60 days after 1 January 2026
    assert "critical path" in plan


def test_a_channel_of_which_no_rule_speaks_is_told_as_such(comity, case, law) -> None:
    assert (
        "extradition, surrender, transfer-of-proceedings: no rule speaks for it"
        in comity("decide", case, "--rules", law).out
    )


def test_text_from_a_case_file_cannot_steer_the_terminal(comity, tmp_path, law) -> None:
    path = tmp_path / "evil.yaml"
    path.write_text('case: evil\nforum: DE\ntitle: "\\e]0;gone\\a\\e[2J"\n')
    out = comity("decide", path, "--rules", law).out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "gone" in out


def test_several_doubts_about_one_channel_are_all_told_and_not_set_against_each_other(comity, tmp_path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "case: doubts\nforum: FR\nas_of: 2026-11-26\n"
        "offences: [{id: fraud, category: computer-fraud, effects_in: [FR]}]\n"
        "persons: [{id: suspect, role: suspect, whereabouts: MA}]\n"
    )
    told = next(line for line in comity("decide", case).out.splitlines() if "transfer-of-proceedings: transfer" in line)
    doubts = ("at least four years", "an organised group in fraud", "only if that is transnational")
    assert all(doubt in told for doubt in doubts)
    assert told.count("; and ") == 2
    assert "; but " not in told
