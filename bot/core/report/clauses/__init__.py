"""Tokens into claims, clause by clause: a value, the figure it is of, the unit it is told of."""
