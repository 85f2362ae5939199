#!/usr/bin/env bash
# The two roles of the product and its database; run once by the PostgreSQL image when it is empty.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=owner="$OWNER_PASSWORD" --set=app="$APP_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" <<'SQL'
create role yike_owner login password :'owner';
create role yike_app login password :'app';
create database yike owner yike_owner encoding 'UTF8' template template0;
revoke all on database yike from public;
grant connect on database yike to yike_app;
SQL
