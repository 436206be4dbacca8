"""The same cases over every sending channel, against the sandbox as a process of its own."""
