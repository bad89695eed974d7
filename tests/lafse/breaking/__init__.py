"""The hub with pages and tasks added that fail on what a person typed. Never installed but by test_logs."""
