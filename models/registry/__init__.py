"""Every training kept, compared with the champion, and promoted or refused."""
