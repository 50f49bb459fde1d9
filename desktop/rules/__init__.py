"""What is allowed: plain functions and frozen drafts; no database, no clock, no Qt."""
