"""What a text editor needs to help with the files of a rulebook: their JSON Schemas, and where each one applies."""
