"""Makes the recogniser of handwriting that ships with HoTich. Needs torch; the program itself never imports this."""
