"""A day as literals and what is said of them: the fifteen rules, in one neutral language."""
