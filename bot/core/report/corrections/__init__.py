"""What took the place of what: corrections in a sentence and of an earlier message, slips of the tongue."""
