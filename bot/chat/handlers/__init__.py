"""Thin: a handler asks a service and shows the result."""
