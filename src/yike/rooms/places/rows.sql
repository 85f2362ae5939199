-- What stands where is public; the house and the registrars of its region write it, with all that hangs on a
-- station. access.py asks the same.
do $$
declare
  one text;
  kept text;
begin
  foreach one in array
    array['station', 'stationservice', 'gradeaward', 'lineage', 'terminal', 'sign']
  loop
    kept := case
      when one in ('station', 'terminal', 'sign') then 'yike_keeps(region_id)'
      when one = 'lineage' then
        'exists (select 1 from places_station s where s.id = before_id and yike_keeps(s.region_id))
         and exists (select 1 from places_station s where s.id = after_id and yike_keeps(s.region_id))'
      else 'exists (select 1 from places_station s where s.id = station_id and yike_keeps(s.region_id))' end;
    execute format('alter table places_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on places_%s', one, one);
    execute format('create policy %s_seen on places_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on places_%s', one, one);
    execute format('create policy %s_written on places_%s using (%s) with check (%s)', one, one, kept, kept);
  end loop;
end $$;

-- The history of the register is read by all staff.
drop policy if exists entry_of_places on trail_entry;
create policy entry_of_places on trail_entry for select
  using (about in ('station', 'facility') and yike_kind() = 'staff');
