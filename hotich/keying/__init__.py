"""What stands between the keys and the text: typing methods, short codes, capitals of names. Nothing here knows Qt."""
