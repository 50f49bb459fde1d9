"""Files in and out as plain rows; knows no database."""
