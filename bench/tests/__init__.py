"""Tests that need the packages of the bench: `make bench-test`."""
