"""What the program can do; the only writers."""
