"""Loss prevention: what went missing, when, where, on which shift, and which cameras and doors saw it."""
