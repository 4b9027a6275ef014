"""How the bot and the Bot API reach each other: intake, requests, pace and failures."""
