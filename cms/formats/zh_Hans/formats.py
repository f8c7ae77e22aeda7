"""Chinese: thousands in groups of three, as in every other language of a document."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
