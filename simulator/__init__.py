"""The simulator: a Yunnan-like prefecture with known true causes (DOMAIN 6 and 8.1)."""
