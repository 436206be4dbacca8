"""Of whom a value is told: several units at once or in turn, by rank, in another's name, by an office of those below it."""
