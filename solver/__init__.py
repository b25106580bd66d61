"""The day as a planning problem: data in, plan out; no web, no database, no clock."""
