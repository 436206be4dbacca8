"""The roles: when the clock strikes, what a process does at its ends."""
