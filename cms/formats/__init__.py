"""How dates and numbers are written where Django says nothing, or too little, of a document's language."""
