"""Records of foods that a regulator traces: what is on its list, lot codes passed on unchanged, what it asks for.

Source: 21 CFR part 1, subpart S (FSMA section 204).
"""
