"""Who has registered for a dialogue."""
