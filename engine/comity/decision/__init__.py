"""The decision: from conclusions of the kernel to advice with reasons."""
