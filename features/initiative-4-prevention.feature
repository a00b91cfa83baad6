Feature: Initiative 4: prevention beside combat
  A log that was never kept cannot be asked for. Which logs are kept, and for how long, differs: China, six months
  (Cybersecurity Law art 21); the Netherlands, nothing in general since its law was set aside on 11 March 2015; the
  European Union forbids general and indiscriminate retention (CJEU, Tele2 Sverige, C-203/15). Whoever investigates
  asks at once that the logs behind an item be kept (Budapest Convention arts 16 and 29), stops the proceeds before
  they move on (UNTOC art 12 and 18(3)), and relies on no convention that is not in force.

  Scenario: Logs at home are ordered at home, and asked to be kept
    Given a prosecutor of the Philippines investigates ransomware committed on 2026-06-20
    And the offence took effect in the Philippines
    And the log, traffic data, is stored in the Philippines and held by a provider seated in the Philippines
    When the case is decided under the law of 2026-07-01
    Then a domestic order in the Philippines is recommended for the log
    And keep logs is advised as prevention
    And the reason cites "mps-2020/initiative-4"

  Scenario: Where nothing is kept by law, preservation comes first
    Given a prosecutor of the Philippines investigates ransomware committed on 2026-06-20
    And the offence took effect in the Philippines
    And the host log, traffic data, is stored in the Netherlands and held by a provider seated in the Netherlands
    When the case is decided under the law of 2026-07-01
    Then expedited preservation from the Netherlands is offered for the host log
    And the plan preserves the host log first
    And the plan begins today with expedited preservation from the Netherlands
    And keep logs is advised as prevention

  Scenario: Proceeds are stopped before they move on
    Given the police of Kenya investigate online theft committed on 2026-03-01
    And the offence took effect in Kenya
    And the wallet, a crypto-asset, is located in the United States and held by a financial institution seated in US
    When the case is decided under the law of 2026-03-16
    Then freeze proceeds is advised as prevention
    And the reason cites "untoc/18-3"

  Scenario: A convention that is not in force prevents nothing
    The United Nations Convention against Cybercrime was opened for signature at Hanoi on 25 October 2025; it enters
    into force after forty ratifications (arts 64, 65). Until then nothing is offered under it.
    Given the police of Kenya investigate online theft committed on 2026-03-01
    And the offence took effect in Kenya
    And the offence was not committed by an organised group
    And the mail, content data, is stored in the United States and held by a provider seated in the United States
    And the person entitled to the mail does not consent to its disclosure
    When the case is decided under the law of 2026-08-01
    Then expedited preservation from the United States is refused for the mail
    And mutual legal assistance from the United States is refused
    And letters rogatory to the United States are offered
    And voluntary disclosure from the United States is refused

  Scenario: The officer is told by when logs may be gone
    Computer-Related Crime Act of Thailand s 26: ninety days.
    Given a prosecutor of the Philippines investigates cyber fraud committed on 2026-03-01
    And the offence took effect in the Philippines
    And the log, traffic data, is stored in Thailand and held by a provider seated in Thailand
    When the case is decided under the law of 2026-05-04
    Then the officer is warned of may be gone by

  Scenario: After that day the officer is told to ask first whether anything is left
    Given a prosecutor of the Philippines investigates cyber fraud committed on 2026-03-01
    And the offence took effect in the Philippines
    And the log, traffic data, is stored in Thailand and held by a provider seated in Thailand
    When the case is decided under the law of 2026-05-31
    Then the officer is warned of may be gone already

  Scenario: Where no period is known, none is presumed
    Given a prosecutor of the Philippines investigates cyber fraud committed on 2026-03-01
    And the offence took effect in the Philippines
    And the log, traffic data, is stored in Cambodia and held by a provider seated in Cambodia
    When the case is decided under the law of 2026-05-04
    Then the officer is warned of retention period unknown

  Scenario: Money is held before it is asked for
    INTERPOL stops payments since 2022; the request under UNTOC art 13 follows.
    Given the central authority of Bangladesh investigates laundering of proceeds committed on 2026-02-05
    And the matter is urgent
    And the offence was committed in the Philippines
    And the offence took effect in Bangladesh
    And the offence was committed by an organised group
    And the account, a mule account, is located in the Philippines and held by a financial institution seated in PH
    When the case is decided under the law of 2026-02-06
    Then stop payment with the Philippines is offered for the account
    And it brings information only
    And the plan begins today with stop payment with the Philippines
    And mutual legal assistance from the Philippines is recommended
    And a freezing order to the Philippines is refused
    And the officer is warned of account of another

  Scenario: Whoever hosts a page of fraud in the Union is told
    Regulation (EU) 2022/2065 arts 6(1) and 16: a precise notice gives knowledge.
    Given a prosecutor of Germany investigates cyber fraud committed on 2024-02-20
    And the offence took effect in Germany
    And the page, content data, is stored in Ireland and held by a provider seated in Ireland
    And the page is public
    When the case is decided under the law of 2024-03-01
    Then notice of illegal content is advised as prevention
    And the reason cites "eu-dsa/16"
