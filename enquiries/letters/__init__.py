"""Letters: what a person writes to one enquirer, from a text of the council's or from an empty page."""
