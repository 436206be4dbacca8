"""The sentence cut into tokens: numbers, places, steps, forms; every character belongs to exactly one."""
