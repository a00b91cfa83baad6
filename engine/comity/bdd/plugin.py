"""What pytest loads when comity is installed: fixtures and steps for features."""
