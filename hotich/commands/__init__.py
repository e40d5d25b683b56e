"""The verbs of the shell. They call the same `pipeline` verbs as the window."""
