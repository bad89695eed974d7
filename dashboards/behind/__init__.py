"""The list behind a figure: the cases that it counts, as many as it says, with the day on which each counted."""
