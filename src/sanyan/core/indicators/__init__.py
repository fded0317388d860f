"""What an indicator is, what an answer to it is worth, and how answers roll up."""
