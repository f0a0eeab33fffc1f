"""Planning: what runs short is proposed for reorder, with the figures and the reason. It buys nothing by itself."""
