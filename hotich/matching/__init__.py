"""Finding texts that are alike: completions for what is being typed."""
