"""The organisation: imports, roles, registration, the command line."""
