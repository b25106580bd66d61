"""Why a day cannot hold all that was asked, and what would help."""
