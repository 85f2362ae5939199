-- Which call belongs to which line is no secret to those who work here; a county's dispatchers and directors set it.
alter table matters_linetable enable row level security;
drop policy if exists linetable_seen on matters_linetable;
create policy linetable_seen on matters_linetable for select using (yike_kind() in ('staff', 'system'));
drop policy if exists linetable_set on matters_linetable;
create policy linetable_set on matters_linetable for insert
  with check (yike_keeps_county() and yike_keeps(county_code));
