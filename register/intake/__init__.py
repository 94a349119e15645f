"""From a delivery to the register: casting, admission, ledger, review."""
