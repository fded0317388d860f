"""Practice narratives: a small Thai grammar in the voice of an area office's report."""
