"""Hazard classes and storage conditions: master data and pure rules that items, bins and postings are held against."""
