"""Certificates, inspections of the workplace and corrective actions over HTTP."""
