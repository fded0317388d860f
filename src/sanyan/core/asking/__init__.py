"""What a question in everyday Thai asks for: understood by rules and likeness over words that are known. Pure."""
