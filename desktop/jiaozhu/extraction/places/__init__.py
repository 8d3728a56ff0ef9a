"""Provinces, prefectures and counties, and where a text names them."""
