"""The kernel: defeasible Datalog, which knows no law.

``terms`` and ``program`` say what a program is, ``reference`` and ``rete`` are two readings of it, ``columnar`` is a
third that takes many sets of facts at once, ``model`` is what a reading returns, and ``agreement`` compares readings.
``prove`` is a reading of every set of facts there can be, and ``revision`` works out what a model becomes when a few
rules are otherwise.
"""
