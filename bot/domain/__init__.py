"""What the product knows: pure and synchronous; no I/O, no clock, no dice."""
