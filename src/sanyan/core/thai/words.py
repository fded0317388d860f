"""Thai text cut into words, and the terms by which it is searched and compared.

Longest matching over a word list with the words of an education office (newmm of PyThaiNLP, used offline). Cutting
by blanks, as tokenisers made for English do, shreds Thai.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")  # before the library is first met: it must never ask the network

from pythainlp.corpus import thai_stopwords, thai_words
from pythainlp.tokenize.newmm import segment as cut
from pythainlp.util import Trie

from sanyan.core.thai.characters import tidy
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.vocabulary import office_words

LONGEST_RUN = 300  # characters without a blank that are cut at once; the time longer ones may take grows steeply
_RUNS = re.compile(r"[ \t\r\n\f\v\u00a0]+|[^ \t\r\n\f\v\u00a0]+")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_LATIN_OR_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,+\-]*")


def segment(text: str) -> list[str]:
    """The words of `text` in order, blanks and punctuation among them; joined they are `text` again."""
    words = _dictionary()
    cut_words: list[str] = []
    for run in _RUNS.findall(text):
        if not _THAI.search(run):
            cut_words.append(run)
        elif len(run) <= LONGEST_RUN:
            cut_words += cut(run, custom_dict=words)
        else:
            cut_words += cut(run, custom_dict=words, safe_mode=True)
    return cut_words


def normal(text: str) -> str:
    """`text` as it is compared and searched: one encoding of each word, Arabic digits, lower case."""
    return to_arabic(tidy(unicodedata.normalize("NFKC", text).replace("\u0e4d\u0e32", "\u0e33"))).casefold()


def terms(text: str) -> list[str]:
    """The terms of `text` in order, for search: normal words with a letter or a digit in them."""
    return [term for word in segment(normal(text)) for term in _terms_of(word)]


def content_terms(text: str) -> list[str]:
    """The terms that carry a topic: at least two letters, no everyday word, no bare number."""
    return [
        term
        for term in terms(text)
        if len(term) > 1 and term not in everyday_words() and not term.replace(",", "").replace(".", "").isdigit()
    ]


def bare(word: str) -> str:
    """`word` without the brackets, quotation marks and stops that cutting left at its ends."""
    return word.strip("()[]{}\"'“”‘’:;,/ \t\n")


@cache
def everyday_words() -> frozenset[str]:
    """Words that say nothing of a topic (the, and, which)."""
    return frozenset(thai_stopwords())


@cache
def known_words() -> frozenset[str]:
    """All words of the list, office words among them."""
    return frozenset(thai_words()) | frozenset(word.casefold() for word in office_words()) | office_words()


@cache
def _dictionary() -> Trie:
    return Trie(known_words())


def _terms_of(word: str) -> Iterator[str]:
    if not _SAYS_SOMETHING.search(word):
        return
    if _THAI.search(word):
        yield bare(word)
        return
    for part in _LATIN_OR_NUMBER.findall(word):
        yield part.rstrip(".,-+") or part
