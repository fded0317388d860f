"""What areas wrote: passages found, grouped, quoted and held against each other. Pure: texts in, values out."""
