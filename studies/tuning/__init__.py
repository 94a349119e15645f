"""A budget of trials before the first season judged; proposes, never applies."""
