"""The web role: pushes, health, pages."""
