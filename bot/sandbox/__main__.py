"""Entry point of `python -m bot.sandbox`."""

from __future__ import annotations

import sys

from bot.sandbox import server

if __name__ == "__main__":
    sys.exit(server.main(sys.argv[1:]))
