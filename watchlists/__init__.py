"""From risk to a list people can work with: rules, allocation, reasons, workbook, cards, release."""
