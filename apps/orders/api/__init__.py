"""The selling and fulfilment part of the API."""
