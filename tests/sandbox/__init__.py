"""Tests of the sandbox: a platform that is wrong would make every other test wrong."""
