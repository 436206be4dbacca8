"""What is asked about though it could be read: plans, conditions, hearsay, words nobody knows, two readings."""
