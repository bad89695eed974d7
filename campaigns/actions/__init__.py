"""What changes gatherings, subscribers and campaigns. One file a concept."""
