Feature: A whole caseload is decided as each of its cases would be
  A national centre has more referrals than anybody can read, and has to know which of them a new rule or a treaty in force
  concerns. Every row of the caseload gets the decision that its case would get by itself, under the names that its parts
  have there. Cases that are alike in all that the law looks at are decided once. A row that is no case keeps nobody else
  waiting, and is told with the reason.

  Background:
    Given a caseload under the law of 2026-03-01
      | case     | forum | offence     | done in | on         | item    | stored in | deleted on |
      | first    | CN    | cyber-fraud | KH      | 2026-02-01 | mailbox | IE        | 2026-09-30 |
      | second   | CN    | cyber-fraud | KH      | 2026-02-02 | inbox   | IE        | 2026-09-29 |
      | unknown  | CN    | cyber-fraud | KH      | 2026-02-01 | mailbox |           |            |
      | at-home  | CN    | cyber-fraud | KH      | 2026-02-01 | ledger  | CN        |            |

  Scenario: Data abroad is not taken directly, wherever its place is known
    When the caseload is decided
    Then direct access to "mailbox" is refused in the case "first"
    And direct access to "inbox" is refused in the case "second"
    And direct access to "ledger" is permitted in the case "at-home"

  Scenario: An unknown place is not here
    When the caseload is decided
    Then direct access to "mailbox" is undecided in the case "unknown"
    And "mailbox.direct-access" is for counsel in the case "unknown"

  Scenario: What a row says is what the advice on its case says
    When the caseload is decided
    Then every row says what the advice on its case says

  Scenario: Names, and days on which nothing turns, make no other case
    When the caseload is decided
    Then the cases "first" and "second" are decided as one
    And the cases "first" and "unknown" are decided each by itself

  Scenario: A row that is no case is left aside
    Given a further row
      | case  | forum | offence     | done in | on         | item    | stored in | deleted on |
      | wrong | CN    | cyber-fraud | KH      | 2026-02-01 | mailbox | XX        |            |
    When the caseload is decided
    Then 4 cases are decided
    And row 5 is left aside because "'XX' is no ISO 3166 alpha-2 code"

  Scenario: Which cases a treaty concerns before it is in force
    The convention of 2024 gives China and Ireland nothing yet; China has signed it, Ireland has too.
    When the caseload is decided
    And it is decided again as if "uncc" were in force from 2026-02-15
    Then the case "first" is among those decided otherwise
    And the case "at-home" is not among those decided otherwise
