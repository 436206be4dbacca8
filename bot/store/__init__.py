"""All SQL: tables and one module per noun; every function takes a connection first."""
