Feature: Cooperation is slow
  A request for mutual legal assistance takes months: 6 to 24 for electronic evidence (Cybercrime Convention Committee,
  assessment report of 2014). Logs are deleted in days. Whoever only writes the letter loses the evidence. So data are
  preserved first, through the contact points that are open day and night (Budapest Convention arts 29 and 35), for at
  least 60 days (art 29(7)), and the faster instruments are used from the first day on which they bind both states.

  Scenario: The log is preserved today, the letter follows
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    And the log will be deleted on 2016-05-20
    When the case is decided under the law of 2016-05-10
    Then expedited preservation from the United States is offered for the log
    And the reason cites "budapest/29"
    And mutual legal assistance from the United States is offered
    And the route to the log is in time if the data are preserved
    And the plan preserves the log first
    And the plan begins today with expedited preservation from the United States

  Scenario: What is preserved already is not preserved again
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    And the log is preserved
    When the case is decided under the law of 2016-05-10
    Then mutual legal assistance from the United States is recommended for the log
    And the plan begins today with mutual legal assistance from the United States

  Scenario Outline: Will the letter be answered before the data are gone
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    And the log will be deleted on <day>
    When the case is decided under the law of 2016-05-10
    Then mutual legal assistance from the United States is recommended for the log
    And the route to the log is <timely>

    Examples:
      | day        | timely                           |
      | 2030-05-10 | in time                          |
      | 2016-05-20 | in time if the data are preserved |
      | 2016-05-01 | too late                         |

  Scenario: Traffic data show the next provider before the letter is answered
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the log, traffic data, is stored in Japan and held by a provider seated in Japan
    When the case is decided under the law of 2016-05-10
    Then expedited disclosure from Japan is offered for the log
    And the reason cites "budapest/30"

  Scenario: Where the 24/7 network does not reach, police ask police
    India is no party to the Budapest Convention. Nothing binds it to preserve, and the advice does not pretend it.
    Given a prosecutor of Brazil investigates ransomware committed on 2026-01-28
    And the offence took effect in Brazil
    And the log, traffic data, is stored in India and held by a provider seated in India
    And the log will be deleted on 2026-02-22
    When the case is decided under the law of 2026-02-02
    Then expedited preservation from India is refused for the log
    And informal preservation from India is offered
    And police to police with India is offered
    And it brings information only

  Scenario Outline: One day makes the difference
    A treaty works from its entry into force: Brazil deposited its accession to the Budapest Convention on 30 November
    2022, in force on 1 March 2023 (arts 36(4), 37(2)); New Zealand's is in force since 1 December 2025.
    Given a judge of <forum> investigates computer fraud committed on 2022-06-01
    And the offence took effect in <forum>
    And the log, traffic data, is stored in <place> and held by a provider seated in <place>
    When the case is decided under the law of <before>
    Then expedited preservation from <place> is refused for the log
    When the case is decided under the law of <after>
    Then expedited preservation from <place> is offered for the log
    And the reason cites "budapest/29"

    Examples:
      | forum             | place             | before     | after      |
      | Brazil            | the United States | 2023-02-28 | 2023-03-01 |
      | the United States | New Zealand       | 2025-11-30 | 2025-12-01 |

  Scenario: An order in place of a letter, inside the Union
    Directive 2014/41/EU binds Germany and France since 22 May 2017: 30 days to recognise, 90 to execute (art 12).
    Given a prosecutor of Germany investigates drug trafficking online committed on 2017-04-15
    And the offence was committed in Germany
    And the chats, content data, are stored in France and held by a public body seated in France
    When the case is decided under the law of 2017-05-21
    Then an investigation order to France is refused for the chats
    And mutual legal assistance from France is offered
    When the case is decided under the law of 2017-05-22
    Then an investigation order to France is offered for the chats
    And the reason cites "eu-2014-41"
    And it brings evidence

  Scenario: Ten days, or eight hours
    Regulation (EU) 2023/1543 applies from 18 August 2026: a judge orders the provider's establishment in another
    member state to produce content, wherever it is stored (arts 1, 4(2), 5(4), 10).
    Given a judge of Germany investigates online extortion committed on 2026-07-01
    And the offence took effect in Germany
    And the offence carries up to 5 years in Germany
    And the mailbox, content data, is stored in Ireland and held by a provider seated in Ireland
    And the custodian of the mailbox offers its services in Germany and Ireland
    When the case is decided under the law of 2026-08-17
    Then a production order to Ireland is refused for the mailbox
    And direct access to the mailbox is refused
    When the case is decided under the law of 2026-08-18
    Then a production order to Ireland is offered for the mailbox
    And the reason cites "eu-2023-1543"
    And direct access to the mailbox is permitted

  Scenario: Ten days are soon enough where months are not
    Given a judge of Germany investigates online extortion committed on 2026-07-01
    And the offence took effect in Germany
    And the offence carries up to 5 years in Germany
    And the matter is urgent
    And the mailbox, content data, is stored in Ireland and held by a provider seated in Ireland
    And the custodian of the mailbox offers its services in Germany and Ireland
    And the mailbox will be deleted on 2026-09-20
    When the case is decided under the law of 2026-09-01
    Then a production order to Ireland is recommended for the mailbox
    And the route to the mailbox is in time

  Scenario: A person within the Union is surrendered, not extradited
    Framework Decision 2002/584/JHA: ten days with consent, sixty without (art 17). It takes the place of extradition.
    Given a prosecutor of Finland investigates online extortion committed on 2020-10-21
    And the case is at the stage of prosecution
    And the offence took effect in Finland
    And the offence carries up to 4 years in Finland
    And the suspect is a national of Finland
    And the suspect is in France
    When the case is decided under the law of 2023-02-03
    Then surrender from France is offered for the suspect
    And the reason cites "eu-2002-584"
    And surrender from France is recommended

  Scenario: A person who cannot be found is not asked for
    Given a prosecutor of Finland investigates online extortion committed on 2020-10-21
    And the offence took effect in Finland
    And it is not known where the suspect is
    When the case is decided under the law of 2023-02-03
    Then no route to the suspect is open
