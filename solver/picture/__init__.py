"""The picture of the day: what it says, where each thing stands, and how it is inked as SVG."""
