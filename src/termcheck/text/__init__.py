"""Text without documents: folding, scripts, positions and display width."""
