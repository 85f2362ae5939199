-- The basic five and visitors counted by hand: ways are public (a station says where it leads on), tries and
-- counts are staff's. Written by whoever looks after the station; what was tried stays as it was told, a count can only
-- be taken back, and one that was taken back stays so.
do $$
declare
  one text;
  tended text := 'exists (select 1 from places_station s where s.id = station_id and places_tends(s.region_id))';
begin
  foreach one in array array['basicway', 'basictry', 'visitcount'] loop
    execute format('alter table places_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on places_%s', one, one);
    execute format('create policy %s_seen on places_%s for select using (%s)', one, one,
                   case one when 'basicway' then 'true' else 'yike_kind() in (''staff'', ''system'')' end);
    execute format('drop policy if exists %s_added on places_%s', one, one);
    execute format('create policy %s_added on places_%s for insert with check (%s)', one, one, tended);
    execute format('drop policy if exists %s_changed on places_%s', one, one);
    if one <> 'basictry' then
      execute format('create policy %s_changed on places_%s for update using (%s%s) with check (%s)', one, one, tended,
                     case one when 'visitcount' then ' and taken_back_at is null' else '' end, tended);
    end if;
  end loop;
end $$;
