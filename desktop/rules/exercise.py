"""The practice organisation's way in. Must not know what is in it."""

SIGN_IN_NAME = "oefenen"
PASSWORD = "rustig oefenen zonder zorgen"
"""No secret: everything in the practice organisation is made up."""
