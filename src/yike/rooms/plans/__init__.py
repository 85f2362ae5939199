"""计划: what was promised to be built and done: task forces, tasks, who answers for them."""
