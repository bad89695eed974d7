"""Information evenings and trainings: staff run them, people book, somebody stands at the door."""
