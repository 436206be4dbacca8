"""Rules of the federation: plain values in, plain values out, no input or output."""
