"""From a brief and passages to a checked draft; knows no index and no database."""
