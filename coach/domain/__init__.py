"""The words of the programme as checked models, and the pure rules about them."""
