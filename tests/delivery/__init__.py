"""The delivery engine against the platform's own ledger."""
