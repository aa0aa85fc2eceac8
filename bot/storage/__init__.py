"""What must survive a crash: received updates, conversations, and messages on their way out."""
