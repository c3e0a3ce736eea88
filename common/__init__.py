"""Small parts every app may use: instants, durations, business-time arithmetic.

The bottom layer: standard library only, pure, no models, no clock reads; imports nothing of ours.
"""
