"""Whom the delivered list misses at equal true risk, and why."""
