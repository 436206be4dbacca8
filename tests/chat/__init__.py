"""Chat, as short dialogues in the users' words."""
