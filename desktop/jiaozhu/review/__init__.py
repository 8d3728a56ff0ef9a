"""What a reviewer does, without a window."""
