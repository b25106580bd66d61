"""One-to-one meetings: what is requested, and what is booked."""
