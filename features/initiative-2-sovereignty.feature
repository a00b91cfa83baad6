Feature: Initiative 2: sovereignty and jurisdiction are respected
  Data that lie in another state are not obtained directly from companies or individuals at home. The first
  restriction of international law on a state is that it may not exercise its power in the territory of another (The
  Lotus, 1927); UNTOC art 4 says it for the fight against organised crime. The state of storage may agree to the very
  act, by an instrument in force for both states on the day of decision; a law of one's own that claims to reach abroad
  is no such instrument. An unknown place is not "here". And the way that is open is fast and has a procedure.

  Scenario Outline: The same answer whoever asks
    Given the police of <forum> investigate illegal access committed on 2024-05-01
    And the offence took effect in <forum>
    And the mailbox, content data, is stored in <place> and held by a provider seated in <seat>
    And it is not known where "the server log" is stored
    When the case is decided under the law of 2026-08-17
    Then direct access to the mailbox is refused
    And the reason cites "untoc/4"
    And a direct order to <place> is refused
    And remote search in <place> is refused
    And mutual legal assistance from <place> is offered
    And every channel for the mailbox has an answer and a reason
    And direct access to the server log is undecided

    Examples:
      | forum             | place             | seat              |
      | China             | the United States | China             |
      | the United States | China             | the United States |
      | the United States | Ireland           | the United States |
      | Germany           | the United States | Germany           |
      | the United States | Germany           | the United States |

  Scenario: Data at home are obtained under the law at home
    Given the police of China investigate a cyber fraud committed on 2026-05-10
    And the offence took effect in China
    And the files, content data, are stored in China and held by a company seated in China
    When the case is decided under the law of 2026-06-01
    Then direct access to the files is permitted
    And a domestic order in China is recommended

  Scenario: An unknown place is not here, and not abroad
    Given a judge of the United States investigates cyber fraud committed on 2016-06-01
    And the offence took effect in the United States
    And it is not known where the mailbox, content data, is stored
    And the mailbox is held by a provider seated in the United States
    When the case is decided under the law of 2017-02-03
    Then direct access to the mailbox is undecided
    And the officer is warned of location unknown
    And nothing is said about Ireland

  Scenario: A power that merely claims to reach abroad (Microsoft Ireland)
    Since 23 March 2018 18 USC 2713 orders providers to disclose data wherever they lie. Ireland has not agreed.
    Given a judge of the United States investigates drug trafficking online
    And the offence took effect in the United States
    And the mailbox, content data, is stored in Ireland and held by a provider seated in the United States
    And the account record, subscriber data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2018-04-17
    Then direct access to the account record is permitted
    And direct access to the mailbox is refused
    And the argument from "us-sca/2713" is overruled
    And the officer is warned of contrary authority
    And mutual legal assistance from Ireland is offered for the mailbox
    And expedited preservation from Ireland is refused
    And an investigation order to Ireland is refused

  Scenario: A treaty that is not in force yet gives nothing
    The treaty of Ireland and the United States was signed on 18 January 2001, in force on 11 August 2009.
    Given a judge of the United States investigates computer fraud committed on 2009-06-01
    And the offence took effect in the United States
    And the mailbox, content data, is stored in Ireland and held by a provider seated in the United States
    When the case is decided under the law of 2009-08-10
    Then mutual legal assistance from Ireland is refused for the mailbox
    And letters rogatory to Ireland are offered
    When the case is decided under the law of 2009-08-11
    Then mutual legal assistance from Ireland is offered for the mailbox

  Scenario Outline: Consent of the person entitled, in another party to the Budapest Convention
    Budapest Convention art 32(b): stored data located in another party, with the lawful and voluntary consent of the
    person who has lawful authority to disclose them. Russia is no party.
    Given the police of Portugal investigate drug trafficking online committed on 2015-02-20
    And the offence took effect in Portugal
    And the mailbox, content data, is stored in <place> and held by a provider seated in the United States
    And the person entitled to the mailbox <consents> to its disclosure
    When the case is decided under the law of 2015-03-01
    Then consent access in <place> is <status> for the mailbox
    And direct access to the mailbox is <access>

    Examples:
      | place              | consents         | status  | access    |
      | Germany            | consents         | offered | permitted |
      | Germany            | does not consent | refused | refused   |
      | Russian Federation | consents         | refused | refused   |

  Scenario: Consent in an unknown place is not enough
    Given the police of Portugal investigate drug trafficking online committed on 2015-02-20
    And the offence took effect in Portugal
    And it is not known where the mailbox, content data, is stored
    And the mailbox is held by a provider seated in the United States
    And the person entitled to the mailbox consents to its disclosure
    When the case is decided under the law of 2015-03-01
    Then direct access to the mailbox is undecided

  Scenario: What anybody may see
    Budapest Convention art 32(a): publicly available data, wherever they lie, between parties.
    Given the police of Portugal investigate drug trafficking online committed on 2015-02-20
    And the offence took effect in Portugal
    And the page, content data, is stored in Germany and held by a provider seated in Germany
    And the page is public
    When the case is decided under the law of 2015-03-01
    Then public access in Germany is offered for the page
    And the reason cites "budapest/32"
    And direct access to the page is permitted

  Scenario: Captured passwords are no agreement (Gorshkov, 2000)
    Given the police of the United States investigate illegal access committed on 2000-01-31
    And the offence was committed in the Russian Federation
    And the offence took effect in the United States
    And the server, content data, is stored in the Russian Federation and held by a company seated in the Russian Federation
    And the person entitled to the server does not consent to its disclosure
    And the matter is urgent
    When the case is decided under the law of 2001-05-23
    Then direct access to the server is refused
    And remote search in the Russian Federation is refused
    And consent access in the Russian Federation is refused
    And the officer is warned of contrary authority
    And police to police with the Russian Federation is offered
    And it brings information only
