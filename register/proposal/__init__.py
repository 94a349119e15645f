"""What a folder of somebody's files could be to the register: a mapping and settings to be confirmed."""
