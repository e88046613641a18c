"""What the black-box suites share: a server of their own, and a client that speaks to it as a browser would."""
