"""值班: who stands where and when, and whether they came."""
