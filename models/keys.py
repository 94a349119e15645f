"""What names a row of a cohort, its features and its labels."""

KEYS = ("household_id", "as_of_date")
