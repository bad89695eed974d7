"""Figures by email: each week or each month, on the morning of its first working day, to people who were chosen."""
