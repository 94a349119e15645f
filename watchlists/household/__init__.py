"""A listed household as its cadre knows it: who lives there, what happened, how it stands, what to check."""
