"""What stands between the model and the true risk."""
