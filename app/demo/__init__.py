"""The example that `make run` plays: nine invented municipalities, through the same services that people use."""
