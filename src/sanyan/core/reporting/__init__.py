"""Reports composed from figures that are already worked out: blocks first, then any format."""
