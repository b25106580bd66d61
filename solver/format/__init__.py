"""The day format: how days and plans are read and written, and every fault of theirs told."""
