"""Makes, shows and publishes plans of the day."""
