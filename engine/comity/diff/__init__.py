"""What a change of rules means: rule by rule, row by row, and for the advice on cases."""
