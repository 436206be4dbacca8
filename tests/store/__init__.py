"""The store: schema, transactions."""
