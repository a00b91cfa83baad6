"""Decides whole caseloads: tables of cases in, tables of decisions out, cases that are alike decided once."""
