"""Checks on what organisations reported: each finds things a person should look at, and says why and what next."""
