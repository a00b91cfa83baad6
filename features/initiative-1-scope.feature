Feature: Initiative 1: crimes that use the internet as a tool
  Cooperation that is limited to attacks on computers misses most of the harm: fraud, theft and extortion online, the
  trade in drugs and guns, terrorism, abuse of children, and gambling that comes with fraud, laundering or unlawful
  detention. The law allows more than is used. The Budapest Convention's powers and its cooperation extend to
  electronic evidence of *any* offence (arts 14(2)(c), 23, 25(1)). UNTOC covers every transnational offence of an
  organised group that carries four years or more (arts 2(b), 3(1), 18(1)).

  Scenario Outline: Electronic evidence of any offence
    Germany and the United States are parties to the Budapest Convention and to a treaty on mutual legal assistance.
    Given a prosecutor of Germany investigates <offence> committed on 2026-03-01
    And the offence took effect in Germany
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2026-05-04
    Then mutual legal assistance from the United States is offered for the log
    And expedited preservation from the United States is offered
    And the reason cites "budapest/29"
    And the claim of Germany rests on territorial effect

    Examples:
      | offence                               |
      | illegal access                        |
      | cyber fraud                           |
      | online theft                          |
      | online extortion                      |
      | drug trafficking online               |
      | gun trafficking online                |
      | terrorist activities online           |
      | online child sexual abuse material    |
      | cyber gambling with fraud             |
      | cyber gambling with laundering        |
      | cyber gambling with illegal detention |

  Scenario Outline: UNTOC carries what no treaty on cybercrime carries
    China and Cambodia have no treaty on mutual legal assistance and are no parties to the Budapest Convention; both
    are parties to UNTOC. A serious crime is one with a maximum of at least four years (art 2(b)).
    Given the police of China investigate cyber gambling with illegal detention committed on 2026-04-20
    And the offence was committed in Cambodia
    And the offence took effect in China
    And the offence <group> committed by an organised group
    And the offence carries up to <years> years in China
    And the phones, content data, are stored in Cambodia and held by a public body seated in Cambodia
    When the case is decided under the law of 2026-05-04
    Then mutual legal assistance from Cambodia is <status> for the phones
    And expedited preservation from Cambodia is refused

    Examples:
      | group   | years | status  |
      | was     | 4     | offered |
      | was     | 3     | refused |
      | was not | 10    | refused |

  Scenario: Without any treaty a court asks a court
    Given the police of China investigate cyber gambling with illegal detention committed on 2026-04-20
    And the offence was committed in Cambodia
    And the offence took effect in China
    And the offence was not committed by an organised group
    And the phones, content data, are stored in Cambodia and held by a public body seated in Cambodia
    When the case is decided under the law of 2026-05-04
    Then letters rogatory to Cambodia are offered for the phones

  Scenario: A scam compound: both states may try it
    Given the police of China investigate cyber gambling with laundering committed on 2026-04-20
    And the offence was committed in Cambodia
    And the offence took effect in China
    And the offence was committed by an organised group
    And the offence carries up to 10 years in China
    And the suspect is a national of China
    And the suspect is in Cambodia
    When the case is decided under the law of 2026-05-04
    Then the claim of Cambodia rests on territorial conduct
    And the claim of China rests on territorial effect
    And the claim of China rests on active personality
    And there is a positive conflict of jurisdiction
