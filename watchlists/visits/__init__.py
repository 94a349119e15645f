"""Who is visited: capacity, rules, allocation, and what visits under a policy yield."""
