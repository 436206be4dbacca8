"""The grammar of reports: what one Chinese sentence of a chair or an office reports, and what is asked back.

`grammar.read` goes this way: `plain` puts the sentence as the common language would have it, `aside` blanks what
is known to say nothing of a figure, `tokens` cuts what is left so that every character belongs to one token,
`clauses` reads claims out of the tokens, `units`, `counts` and `corrections` settle of whom a value is, what a
number counts and what took its place; and `doubts` asks about everything that could still mean something else.
`words` holds the tables of words that the other rooms use. `like` tells whether a line may be a report at all.
"""
