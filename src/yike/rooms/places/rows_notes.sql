-- What a station tells of itself is staff's; written by whoever looks after it, each version once and for good.
alter table places_stationnote enable row level security;
drop policy if exists note_seen on places_stationnote;
create policy note_seen on places_stationnote for select using (yike_kind() in ('staff', 'system'));
drop policy if exists note_added on places_stationnote;
create policy note_added on places_stationnote for insert with check (exists (
  select 1 from places_station s where s.id = station_id and places_tends(s.region_id)));
