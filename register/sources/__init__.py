"""Where a register comes from; a source only maps, contracts check."""
