"""Pages that open inside WeChat."""
