"""What the model says of ending help, beside what ending it truly does."""
