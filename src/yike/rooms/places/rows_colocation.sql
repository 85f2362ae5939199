-- What else a place is, is public; whoever looks after the region tells it. What ended stays.
alter table places_siteelement enable row level security;
drop policy if exists element_seen on places_siteelement;
create policy element_seen on places_siteelement for select using (true);
drop policy if exists element_added on places_siteelement;
create policy element_added on places_siteelement for insert with check (places_tends(region_id));
drop policy if exists element_changed on places_siteelement;
create policy element_changed on places_siteelement for update
  using (ended_on is null and places_tends(region_id)) with check (places_tends(region_id));
