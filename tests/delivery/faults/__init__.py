"""Fault tests: processes killed and frozen, servers taken away, a platform that misbehaves."""
