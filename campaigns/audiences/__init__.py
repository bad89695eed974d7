"""Whom an email goes to: segments, who is left out and why, and an audience that is fixed."""
