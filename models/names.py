"""Names that figures carry in their tables, for whoever makes such a table and whoever shows it."""

#: In place of a season, an origin or a county: all of them together.
POOLED = "pooled"
#: Among the features: the model's risk.
SCORE = "risk"
#: Of columns with the risk were the line to rise by the share that follows.
RISE = "risk_rise_"
