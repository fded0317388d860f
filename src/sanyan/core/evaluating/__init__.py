"""How well the methods do on anybody's panel: specifications, tables, rolling origins and scores."""
