"""What the browser tests and the measures stand on: the real server, a browser that complains, the checkers."""
