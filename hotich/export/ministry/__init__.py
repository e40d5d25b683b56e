"""What the national import takes for a book: one workbook and one ZIP of one-record PDFs."""
