"""The reverse mentoring coach: drafts grounded in guidance, reviewed by people, released on purpose."""
