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
-- What has a place is written by staff of that place only.
drop policy if exists station_written on places_station;
create policy station_written on places_station
  using (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()));
drop policy if exists terminal_written on places_terminal;
create policy terminal_written on places_terminal
  using (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()));
drop policy if exists sign_written on places_sign;
create policy sign_written on places_sign
  using (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff'
         and region_id >= yike_from() and region_id < yike_until()));

-- The history of the register is read by all staff.
drop policy if exists entry_of_places on trail_entry;
create policy entry_of_places on trail_entry for select
  using (about in ('station', 'facility') and yike_kind() = 'staff');
