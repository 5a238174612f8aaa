"""Documents made by code: good ones of each kind, with hidden parts on request, and broken and hostile ones."""
