"""What staff can do: one function, one transaction, one audit line."""
