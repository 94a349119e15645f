"""What the project costs to run, measured in one run each; nothing here is imported by the product."""
