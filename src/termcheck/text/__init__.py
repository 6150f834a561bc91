"""Plain text: folding, scripts, positions and display width."""
