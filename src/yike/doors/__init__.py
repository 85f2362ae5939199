"""Where people and machines come in. Doors translate, they do not decide."""
