"""Measure the coach on labelled cases."""
