"""The PDF kit: sheets (A4, Letter) and labels, text in many scripts, barcodes as vectors. Data in, bytes out.

Text is never markup: every string is drawn literally, so that a name cannot inject tags or fetch anything.
"""
