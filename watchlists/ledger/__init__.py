"""The ledger of visits (走访台账): every listed household as a task, and how far it has come."""
