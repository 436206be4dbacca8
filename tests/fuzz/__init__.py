"""Coverage-guided fuzzing: `make fuzz SECONDS=300`; a crash is written beside the run and replayed by its path."""
