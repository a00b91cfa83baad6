"""The law layer: case facts, the vocabulary, the rulebook and the tables."""
