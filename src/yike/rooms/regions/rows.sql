-- The tree is public; only the house writes it (reference data, `./yike region import`).
alter table regions_region enable row level security;
drop policy if exists region_seen on regions_region;
create policy region_seen on regions_region for select using (true);
drop policy if exists region_written on regions_region;
create policy region_written on regions_region
  using (yike_kind() = 'system') with check (yike_kind() = 'system');
alter table regions_population enable row level security;
drop policy if exists population_seen on regions_population;
create policy population_seen on regions_population for select using (true);
drop policy if exists population_written on regions_population;
create policy population_written on regions_population
  using (yike_kind() = 'system') with check (yike_kind() = 'system');

-- The history of the register is read by all staff.
drop policy if exists entry_of_regions on trail_entry;
create policy entry_of_regions on trail_entry for select
  using (about in ('region') and yike_kind() = 'staff');

-- Kept in memory by queries, until one of these changes.
select guard_watch('regions', 'regions_region');
