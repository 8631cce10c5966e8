"""How rows that met the suppression list are known again."""

#: How the rules begin that hold a document back because it was taken down before.
SUPPRESSED = "suppressed"
#: What a second look with the list found, beside the validation.
SECOND_LOOK = "validation/suppression.json"
