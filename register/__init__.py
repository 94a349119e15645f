"""What is known about households: contracts, sources, quarantine, lines, causes, simulator."""
