"""The pictures of the first-day guide, made anew from the demonstration: `make guide-pictures`."""
