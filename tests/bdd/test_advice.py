"""Every step about the advice fails where the law says otherwise, and says what is decided instead."""

import pytest

from comity.bdd.matter import Matter
from comity.bdd.steps import CATALOGUE
from comity.decision.opinion import Counsel
from comity.law.rulebook import Rulebook

FACTS = """
the police of China investigate laundering of proceeds committed on 2025-05-10
the offence was committed in China
the offence took effect in China and the United States
the offence was committed by an organised group
proceedings on the same facts are at the stage of investigation in the United States
the mailbox, content data, is stored in Ireland and held by a provider seated in China
the files, content data, are stored in China and held by a company seated in China
"""

WRONG = """
direct access to the mailbox is permitted
mutual legal assistance from Ireland is refused for the mailbox
mutual legal assistance from Kenya is offered for the mailbox
remote search in Ireland is recommended for the mailbox
no route to the files is open
no route to the fils is open
Kenya is among the states to ask for the mailbox
Ireland is not among the states to ask for the mailbox
Ireland may refuse the mailbox for bad weather
Ireland may not refuse the mailbox for essential interests
a request to Ireland for the mailbox must carry a bribe
bad weather is forbidden for the mailbox
the route to the mailbox is too late
the route to the files is too late
the plan preserves the files first
the plan begins today with extradition from Ireland for the mailbox
dual criminality with Ireland is missing for the mailbox
dual criminality with Kenya is given for the mailbox
a request to Ireland for the mailbox may be argued as bad weather
mutual legal assistance from Kenya needs no dual criminality for the mailbox
extradition from Ireland needs no dual criminality for the mailbox
Kenya could lead instead for the mailbox
Kenya leads
the claim of China is barred
the claim of Kenya is held
China may not prosecute
the claim of China rests on flag
there is no conflict of jurisdiction
China and Kenya must consult
China and the United States need not consult
the officer is warned of bad weather
bad weather is advised as prevention
nothing is said about Ireland
nothing is said about the United States
direct access to the mailbx is refused
"""


@pytest.fixture(scope="module")
def matter():
    counsel = Counsel(Rulebook.shipped())
    matter = Matter(lambda: counsel)
    for text in FACTS.strip().splitlines():
        take("given", text, matter)
    take("when", "the case is decided under the law of 2026-06-01", matter)
    return matter


def take(kind, text, matter):
    [step] = [s for s in CATALOGUE if s.kind == kind and s.words.is_matching(text)]
    step.function(comity_matter=matter, **step.words.parse_arguments(text))


@pytest.mark.parametrize("text", WRONG.strip().splitlines())
def test_a_wrong_expectation_fails_and_is_answered(matter, text):
    with pytest.raises(BaseException, match=r"expected: .*\n  decided: |told of: |it speaks of ") as failure:
        take("then", text, matter)
    assert isinstance(failure.value, (pytest.fail.Exception, ValueError))


@pytest.mark.parametrize(
    "text",
    [
        'the reason cites "untoc/99"',
        'the reason cites "untoc/"',
        'the reason says "bad weather"',
        'the argument from "untoc/4" is overruled',
        "it brings information only",
    ],
)
def test_the_reason_is_that_of_the_conclusion_spoken_of(matter, text):
    take("then", "mutual legal assistance from Ireland is offered for the mailbox", matter)
    take("then", 'the reason cites "untoc/18"', matter)
    with pytest.raises(pytest.fail.Exception, match=r"expected: .*\n  decided: "):
        take("then", text, matter)


def test_an_article_does_not_cover_another_that_begins_alike(matter):
    take("then", "mutual legal assistance from Ireland is offered for the mailbox", matter)
    with pytest.raises(pytest.fail.Exception):
        take("then", 'the reason cites "untoc/1"', matter)


def test_before_the_decision_nothing_can_be_expected():
    with pytest.raises(ValueError, match="nothing is decided yet"):
        take("then", "Kenya leads", Matter(lambda: pytest.fail("not asked")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("the offence took effect in Kenya", "nothing is told of 'offence' among the offences; told of: none yet"),
        ("the mailbox is public", "nothing is told of 'mailbox' among the data"),
    ],
)
def test_a_fact_about_something_untold_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        take("given", text, Matter(lambda: pytest.fail("not asked")))
