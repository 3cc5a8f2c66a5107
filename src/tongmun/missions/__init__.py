"""Missions as dated facts: kind, premises, heads of mission, when checked; not what a campaign does there."""
