"""Other programs that Yike is measured against; installed on demand, never a dependency."""
