"""What a number counts: new members or all there are, parts and sums, those who stayed, shares, ratios."""
