"""From closed seasons to a trained and selected model."""
