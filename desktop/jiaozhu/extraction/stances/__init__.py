"""What a clause tells: what was done, what is to be done, what others do."""
