"""Whether text can be told from what it stands on."""

LEAST_CONTRAST = 1.25  # of 21; WCAG asks 4.5 of readable text, and light grey on white (#cccccc) still has 1.6
WHITE = (1.0, 1.0, 1.0)
BLACK = (0.0, 0.0, 0.0)

Colour = tuple[float, float, float]  # red, green, blue from 0 to 1


def tells_apart(text: Colour, background: Colour | None) -> bool:
    """Say whether the contrast between the two is enough to read; a background that is not known (a picture) may show anything."""
    if background is None:
        return True
    lighter, darker = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    """Return the relative luminance as WCAG defines it."""
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def from_hex(value: str | None) -> Colour | None:
    """Return the colour of six hexadecimal digits, None for anything else."""
    digits = (value or "").lstrip("#")
    if len(digits) != 6:
        return None
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red / 255, green / 255, blue / 255
