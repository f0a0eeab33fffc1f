"""The rules of outbound work: who gets which goods, and how a quantity reads. Pure: values in, values out."""

from apps.orders.rules.goods import Demand, Offer, Rank, Take, WhyNot, keeps, keeps_until, why_not
from apps.orders.rules.reading import in_packs
from apps.orders.rules.shelf import Shelf

__all__ = ["Demand", "Offer", "Rank", "Shelf", "Take", "WhyNot", "in_packs", "keeps", "keeps_until", "why_not"]
