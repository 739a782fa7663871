"""The version, where all can import it."""

__version__ = "0.1.0"
