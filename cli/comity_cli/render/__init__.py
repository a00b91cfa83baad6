"""How decisions look on a terminal."""
