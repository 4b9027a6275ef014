"""Answer + item → Grade."""
