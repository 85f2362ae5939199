"""A plain django-helpdesk site on the benchmark's PostgreSQL."""
