-- What stands where is public; only the house and its staff write it. Roles are asked in access.py.
do $$
declare one text;
begin
  foreach one in array
    array['station', 'stationservice', 'gradeaward', 'lineage', 'terminal', 'sign']
  loop
    execute format('alter table places_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on places_%s', one, one);
    execute format('create policy %s_seen on places_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on places_%s', one, one);
    execute format('create policy %s_written on places_%s
      using (yike_kind() in (''system'', ''staff''))
      with check (yike_kind() in (''system'', ''staff''))', one, one);
  end loop;
end $$;

-- The history of the register is read by all staff.
drop policy if exists entry_of_places on trail_entry;
create policy entry_of_places on trail_entry for select
  using (about in ('station', 'facility') and yike_kind() = 'staff');
