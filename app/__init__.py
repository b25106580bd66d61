"""Dialogdag: a municipality's market dialogue, from the dialogue note to the published outcome."""
