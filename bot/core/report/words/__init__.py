"""The tables of words: the vocabulary of reports by what a word does, dialects, speech errors, what is harmless and what is not."""
