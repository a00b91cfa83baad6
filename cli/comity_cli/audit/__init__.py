"""What the scenarios prove of the rules: ``comity mutate`` and ``comity coverage``."""
