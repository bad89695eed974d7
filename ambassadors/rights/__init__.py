"""What an ambassador may ask of their data: one file with everything held on them, and nothing of whom they talk to."""
