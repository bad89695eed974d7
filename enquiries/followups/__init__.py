"""What the hub writes to an enquirer by itself, when, and why not: data, a pure planner, and the words."""
