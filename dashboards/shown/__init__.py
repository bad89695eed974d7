"""What a hub's figures are shown with: days to remember, whether councils are named, who is sent what by email."""
