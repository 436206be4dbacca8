"""What answers when somebody speaks: chat, pushes, pages, API."""
