"""Names, phones, addresses and identity numbers: encrypted, one file a county, apart from the register."""
