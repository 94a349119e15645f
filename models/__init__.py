"""Who is at risk and why: cohort, labels, splits, risk model, calibration, evaluation, attribution."""
