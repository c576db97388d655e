"""The demo city 陆家嘴-外滩: real ground, synthetic management, from a seed the same rows."""
