"""What keeps the place and its people fit to work: checklists, inspections, corrective actions, certificates.

It does not look at goods (compliance does) and knows no tasks: the queue, which stands above, asks it who may work with
what, and which places and equipment are out of service.
"""
