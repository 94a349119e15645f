"""Whether the attributed causes name the true ones."""
