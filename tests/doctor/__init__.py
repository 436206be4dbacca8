"""yihu doctor."""
