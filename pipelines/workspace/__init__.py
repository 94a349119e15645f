"""The folder a run works in: paths, parameters, locks, tracking."""
