"""预约: gives out times without giving one twice."""
