-- What can be done at a hall is public; registrars of the place and its officers tell it. What ended stays.
alter table catalogue_hallitem enable row level security;
drop policy if exists hallitem_seen on catalogue_hallitem;
create policy hallitem_seen on catalogue_hallitem for select using (true);
drop policy if exists hallitem_added on catalogue_hallitem;
create policy hallitem_added on catalogue_hallitem for insert with check (exists (
  select 1 from places_publicsite s where s.id = site_id and places_tends(s.region_id)));
drop policy if exists hallitem_changed on catalogue_hallitem;
create policy hallitem_changed on catalogue_hallitem for update
  using (ended_on is null and exists (
    select 1 from places_publicsite s where s.id = site_id and places_tends(s.region_id)))
  with check (exists (select 1 from places_publicsite s where s.id = site_id and places_tends(s.region_id)));
