"""One file for each kind of thing a member can say."""
