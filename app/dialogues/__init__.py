"""A question to the market: its buyers, its dates, its phase."""
