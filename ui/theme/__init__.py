"""How the product looks: colours, type, marks and icons; colour is meaning, never decoration."""
