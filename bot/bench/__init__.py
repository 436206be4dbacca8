"""Measured comparisons, as `yihu bench NAME` runs them: our program beside something bare, in one run."""
