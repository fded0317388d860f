"""Case studies: cards filled from what areas wrote, selection with reasons, and whether a case suits a place."""
