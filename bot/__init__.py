"""一呼 (yihu): one call reaches a million, and a million answers come back."""
