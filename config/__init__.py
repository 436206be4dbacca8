"""Settings, wording and other data that an office may change."""
