"""What a newsroom tells those who run it: whether it is alive and ready, how much it does, and what went wrong."""
