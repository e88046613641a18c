"""The servers that are compared, each with settings that do it justice."""
