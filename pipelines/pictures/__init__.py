"""Pictures of everything officers hold, to look at: sheet, card, board, progress, papers of the month."""
