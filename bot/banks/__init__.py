"""`question_banks/*.toml` → the questions of the domain."""
