"""What stands beside a report and is known to say nothing of a figure: courtesies, daily life, official prose, particulars."""
