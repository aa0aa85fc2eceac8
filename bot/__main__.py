"""`python -m bot` is the command `visabot`."""

from bot.cli import main

main()
