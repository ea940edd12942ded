"""Classifies Chinese tips and referral documents into the categories of ecological, food and drug policing."""

__version__ = "0.1.0"
