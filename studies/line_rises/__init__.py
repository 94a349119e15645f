"""Whether a risk read for a stated rise of the line comes true when the line rises so."""
