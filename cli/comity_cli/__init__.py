"""The terminal: what an investigator types and reads."""
