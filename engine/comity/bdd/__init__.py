"""Features in Gherkin, in a lawyer's words: pytest finds the files, pytest-bdd runs them, comity has the steps."""
