"""`./yike reach` and `./yike siting`: the engines on files alone, without Django or a database."""
