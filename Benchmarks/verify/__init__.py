"""What a verify costs, beside a static answer of nginx and beside other ways of checking API keys."""
