"""What makes okrtrack run on a machine with nothing but Python: PostgreSQL and a broker."""
