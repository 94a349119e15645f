"""The papers of a month: tables for the county, and per village the meeting's sheet and the notice."""
