Feature: What changes on the day a treaty enters into force
  A treaty that is signed and not in force gives nothing. But who prepares for the day on which it enters into force wants
  to see what will change: the date stands in the tables once there is one, and until then it may be supposed. What is
  supposed is no law, and the advice says so. The United Nations Convention against Cybercrime enters into force on the
  ninetieth day after the fortieth ratification (art 65(1)); the second additional protocol to the Convention on Cybercrime
  after five (art 16).

  Background:
    Given the prosecutor of Vietnam investigates illegal access committed on 2031-01-10
    And the offence took effect in Vietnam
    And the offence was not committed by an organised group
    And the offence carries up to 5 years in Vietnam
    And the server log, traffic data, is stored in Brazil and held by a provider seated in Brazil

  Scenario: Signed, not in force: it gives nothing
    When the case is decided under the law of 2031-02-28
    Then mutual legal assistance from Brazil is refused for the server log
    And expedited preservation in Brazil is refused
    And the reason cites "uncc/65-1"
    And the decision supposes nothing

  Scenario: The first day, supposed
    Given "uncc" is supposed to be in force from 2031-03-01
    When the case is decided under the law of 2031-03-01
    Then mutual legal assistance from Brazil is offered for the server log
    And the reason cites "uncc/44"
    And expedited preservation in Brazil is offered
    And the reason cites "uncc/42"
    And expedited disclosure from Brazil is offered
    And mutual legal assistance from Brazil is recommended
    And Brazil may refuse the server log for essential interests
    And direct access to the server log is refused
    And the decision supposes "United Nations Convention against Cybercrime"

  Scenario: The day before, supposed as well
    Given "uncc" is supposed to be in force from 2031-03-01
    When the case is decided under the law of 2031-02-28
    Then mutual legal assistance from Brazil is refused for the server log
    And expedited preservation in Brazil is refused
    And the decision supposes "2031-03-01"

  Scenario: A subscriber, once the second protocol is in force
    Given the prosecutor of Chile investigates illegal access committed on 2031-01-10
    And the account holder, subscriber data, is stored in Costa Rica and held by a provider seated in Costa Rica
    And "budapest-protocol-2" is supposed to be in force from 2031-03-01
    When the case is decided under the law of 2031-02-28
    Then a production order to Costa Rica is refused for the account holder
    And direct access to the account holder is refused
    When the case is decided under the law of 2031-03-01
    Then a production order to Costa Rica is offered for the account holder
    And direct access to the account holder is permitted
    And the reason cites "budapest-protocol-2/7"
    And a request to Costa Rica for the account holder must carry notify enforcing authority
