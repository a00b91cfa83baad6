"""The kernel: defeasible Datalog, which knows no law.

``terms`` and ``program`` say what a program is, ``reference`` and ``rete`` are two readings of it, ``model`` is
what a reading returns, and ``agreement`` compares the readings. ``prove`` is a third reading, of every set of facts at
once.
"""
