"""A risk split exactly over the causes of poverty, and what would change it."""
