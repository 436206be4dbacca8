"""A WeChat/WeCom platform to run a bot against: its own program, sharing no code with the bot."""
