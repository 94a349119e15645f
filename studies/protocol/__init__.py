"""Other splits, learners and calibrations on a finished run."""
