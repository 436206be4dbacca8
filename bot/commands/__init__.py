"""One file for each command of `yihu`; each imports what it runs only when it runs."""
