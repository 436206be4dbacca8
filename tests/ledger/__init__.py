"""The ledger against real databases."""
