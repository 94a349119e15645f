"""Research questions answered on a finished run; no part of the office tool."""
