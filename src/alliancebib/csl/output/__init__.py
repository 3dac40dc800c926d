"""What a style printed, on its way to text: tree, text case, quotes, seams, and the formats at the end."""
