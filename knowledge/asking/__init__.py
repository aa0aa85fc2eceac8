"""Text to answers: which vetted answer a message asks for, in three languages and as people really type."""
