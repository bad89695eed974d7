"""Who gets news: signing up, agreeing, changing one’s mind."""
