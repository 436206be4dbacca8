"""What runs when the time comes: one module for each job."""
