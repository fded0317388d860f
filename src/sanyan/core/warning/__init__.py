"""What will probably happen, how sure that is, and which of it deserves a person's attention now."""
