Feature: The wizard asks for what an investigator knows
  An officer at night has an incident and no law library. The wizard asks in the officer's words, takes "unknown" for an
  answer, shows how the advice changes as facts come in, and loses nothing: not by a mistake, which can be gone back to,
  nor by a crash. What it writes is a case file that anybody can read and decide again.

  Scenario: Unknown is an answer to every question but whose law applies
    Given an interview in which the office is in "China" and all else is unknown
    Then the interview is complete
    And its case file says nothing but the forum "CN"

  Scenario: A wrong answer is refused with what was probably meant, and the question stays
    Given a new interview
    When the officer types "UK"
    Then the answer is refused with "GB"
    And the open question is "forum"

  Scenario: Going back
    Given a new interview
    When the officer types "China"
    And the officer goes back
    Then the open question is "forum"
    When the officer types "Ireland"
    Then its case file says nothing but the forum "IE"

  Scenario: The advice follows the facts as they come in
    Given an interview of an office in "China" about a mailbox of unknown place
    Then the panel says of the mailbox "direct access undecided"
    When the officer changes the place of the mailbox to "Ireland"
    Then the panel says of the mailbox "direct access refused"
    When the officer changes the place of the mailbox to "unknown"
    Then the panel says of the mailbox "direct access undecided"

  Scenario: A crash loses nothing
    Given a new interview
    When the officer types "China"
    And the program is killed and started again
    Then its case file says nothing but the forum "CN"
    And the open question is "title"
