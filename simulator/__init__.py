"""The simulator: a Yunnan-like prefecture with known true causes (DOMAIN 6 and 8.1)."""

from simulator.county import simulate_county
from simulator.population import county_id
from simulator.settings import Settings

__all__ = ["Settings", "county_id", "simulate_county"]
