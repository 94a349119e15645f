"""What a release holds as data: its tables declared, made, read of any version, and set side by side."""
