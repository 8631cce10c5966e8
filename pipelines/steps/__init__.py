"""The steps of the job, one verb a file; each is a function from a batch to a batch."""
