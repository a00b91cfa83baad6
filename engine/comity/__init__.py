"""comity: which state leads a cross-border cybercrime case, and how each item of evidence is lawfully obtained."""

__version__ = "0.1.0"
