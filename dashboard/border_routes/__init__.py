"""What the page on border routes shows: map, coverage matrix, gates, clusters, lengths."""
