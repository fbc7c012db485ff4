"""One file a measure: each says what it compares, and gives a table."""
