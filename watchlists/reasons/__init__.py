"""Why a household is listed, in facts, words, measures and evidence."""
