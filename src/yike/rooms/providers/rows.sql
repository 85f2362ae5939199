-- The register is public; only the house and its staff write it. Roles are asked in access.py.
do $$
declare one text;
begin
  foreach one in array array['institution', 'practitioner', 'credential', 'supply'] loop
    execute format('alter table providers_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on providers_%s', one, one);
    execute format('create policy %s_seen on providers_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on providers_%s', one, one);
    execute format('create policy %s_written on providers_%s
      using (yike_kind() in (''system'', ''staff''))
      with check (yike_kind() in (''system'', ''staff''))', one, one);
  end loop;
end $$;
-- What has a place is written by staff of that place only.
drop policy if exists institution_written on providers_institution;
create policy institution_written on providers_institution
  using (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()));
-- A private telephone number is for colleagues only.
alter table providers_contact enable row level security;
drop policy if exists contact_seen on providers_contact;
create policy contact_seen on providers_contact for select
  using (public or yike_kind() in ('system', 'staff'));
drop policy if exists contact_written on providers_contact;
create policy contact_written on providers_contact
  using (yike_kind() in ('system', 'staff')) with check (yike_kind() in ('system', 'staff'));

-- The history of the register is read by all staff.
drop policy if exists entry_of_providers on trail_entry;
create policy entry_of_providers on trail_entry for select
  using (about in ('institution', 'practitioner', 'credential') and yike_kind() = 'staff');

-- Kept in memory by queries, until one of these changes.
select guard_watch('providers', 'providers_institution');
