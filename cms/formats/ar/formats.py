"""Arabic: thousands in groups, as in every other language of a document."""

NUMBER_GROUPING = 3
