"""Officials: names of persons, offices, and the lines that give both."""
