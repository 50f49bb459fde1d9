"""What staff see: declarations."""
