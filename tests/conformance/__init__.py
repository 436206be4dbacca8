"""WeChat's and WeCom's own examples, kept outside of the project: `make conformance VECTORS=directory`."""
