"""What the model may know: one file a cause or circumstance, the declaration, the as-of engine."""
