"""Text of a cell and what it may mean."""
