"""Asked by one, answered to all."""
