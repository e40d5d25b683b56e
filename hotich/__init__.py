"""HoTich: paper civil-status registers into validated electronic records, offline."""

__version__ = "0.1.0"
