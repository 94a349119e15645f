"""One file a DVC stage, and what stages share."""
