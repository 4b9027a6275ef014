"""The only code that speaks Telegram to people: routes, handlers, views."""
