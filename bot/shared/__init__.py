"""What processes share through Redis: wake-ups, paces, short locks."""
