"""Cards, boards and pages of explanations, with their plots."""
