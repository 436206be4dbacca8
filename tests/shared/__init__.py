"""Tests: names are sentences, servers are real."""
