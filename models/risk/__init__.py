"""The estimator of the risk: its rows, trees, logistic member, calibration and storage."""
