"""What holds the house together: config, settings, urls, switchboard, the `yike` command."""
