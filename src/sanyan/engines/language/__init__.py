"""Language machinery: vectors of meaning and chat models, each behind a small protocol. No Django."""
