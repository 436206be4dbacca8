"""The sentence put plainly before it is cut: other spellings, other ways round, layout, dialect, names by their sound."""
