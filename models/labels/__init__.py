"""Who is looked at and what befell them: cohort, label windows, rules."""
