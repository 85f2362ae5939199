-- Profiles: the published one is public, the others are staff's. Who looks after the station drafts and
-- hands in; only the county's registrars publish, return and withdraw.
alter table places_featuredprofile enable row level security;
drop policy if exists profile_seen on places_featuredprofile;
create policy profile_seen on places_featuredprofile for select
  using (state = 'published' or yike_kind() in ('staff', 'system'));
drop policy if exists profile_added on places_featuredprofile;
create policy profile_added on places_featuredprofile for insert with check (state = 'draft' and exists (
  select 1 from places_station s where s.id = station_id and places_tends(s.region_id)));
drop policy if exists profile_changed on places_featuredprofile;
create policy profile_changed on places_featuredprofile for update
  using (exists (select 1 from places_station s where s.id = station_id
    and case when state in ('draft', 'returned') then places_tends(s.region_id) else yike_keeps(s.region_id) end))
  with check (exists (select 1 from places_station s where s.id = station_id
    and case when state in ('draft', 'waiting', 'dropped') then places_tends(s.region_id)
             else yike_keeps(s.region_id) end));
