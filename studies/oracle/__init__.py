"""What the models reach beside the true risk of a simulated prefecture."""
