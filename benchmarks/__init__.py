"""Timings on loopback, printed; never part of the tests."""
