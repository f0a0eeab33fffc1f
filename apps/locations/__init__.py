"""Where goods can be: company, warehouses, zones, aisles, locations, and who may work where."""
