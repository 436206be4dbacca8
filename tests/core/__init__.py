"""The rules: tables of what people write, and properties that hold for any text."""
