"""What stands around a language model: what it is given, and what of its answer is believed.

`prompts` marks text as data and masks personal data; `reading` and `rewriting` are the two things a model may be asked;
`outcomes` are what can come of it; `records` is what is kept. Nothing here asks a model: see engines.language.asking.
"""
