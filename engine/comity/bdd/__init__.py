"""Runs the features written in Gherkin: the steps that pytest-bdd matches."""
