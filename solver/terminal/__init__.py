"""What the command line needs besides its verbs: refusals, progress, Ctrl-C, safe writing."""
