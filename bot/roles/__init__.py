"""The three processes: web, worker, clock."""
