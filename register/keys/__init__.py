"""Keys, pseudonyms, seals and passwords."""
