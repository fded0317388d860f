"""A believable practice world: numbers, narratives and handing-in facts, with a truth of what was planted.

Everything made here is practice data: it is labelled so wherever it is shown and never supports a claim of accuracy.
"""
