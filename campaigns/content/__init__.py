"""What an email says and looks like."""
