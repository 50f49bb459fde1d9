"""Wijkrecept: from the GP's voucher to the feedback letter."""

__version__ = "1.0.0"
