"""The interview-practice bot."""
