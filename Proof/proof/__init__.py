"""The proof that a delete which was answered is refused everywhere: real nodes, real faults, and a checker."""
