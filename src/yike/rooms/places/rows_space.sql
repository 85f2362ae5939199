-- Windows and rooms are public; written by dispatchers and directors of the place, as its station.
alter table places_space enable row level security;
drop policy if exists space_seen on places_space;
create policy space_seen on places_space for select using (true);
drop policy if exists space_written on places_space;
create policy space_written on places_space
  using (exists (select 1 from places_station s where s.id = station_id and yike_keeps(s.region_id)))
  with check (exists (select 1 from places_station s where s.id = station_id and yike_keeps(s.region_id)));
