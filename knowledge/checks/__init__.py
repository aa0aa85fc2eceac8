"""Lint of the facts and the answers: each module looks after one kind of thing and yields findings."""
