"""质量: asks how it went, warns, follows a fault until it is mended."""
