"""The steps of `solver.solve`: lots, sketch, aim after aim, and who attends."""
