"""Documents of single records: PDF with pictures, invisible text and signature; regions and readings as ALTO."""
