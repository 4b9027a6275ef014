"""For those who write questions: lint, proofs, counts, and a look at an item as people see it."""
