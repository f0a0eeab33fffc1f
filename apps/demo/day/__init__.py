"""The working day, step by step; each module is a part of it and leaves its figures for the ending to judge."""
