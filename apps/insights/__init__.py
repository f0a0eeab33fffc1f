"""The day's figures on the admin home. Reads everything, owns nothing that others read."""
