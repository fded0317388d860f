"""Themes of what areas wrote: proposed by machine, signed by a person, then held against every passage."""
