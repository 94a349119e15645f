"""One file a command of `huitou`."""
