"""The system of record: tables, migrations and what reads and writes them."""
