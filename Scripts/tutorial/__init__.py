"""The video tutorial: `flow` says what is done and said, `stage` records it, `film` draws it with the pointer, and
`encoding` and `captions` write the files."""
