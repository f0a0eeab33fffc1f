"""How lost days are counted, when a case is recorded and reported, and what the rates are. Pure."""
