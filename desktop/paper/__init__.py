"""Plain content in, PDF bytes out; the only place that knows reportlab."""
