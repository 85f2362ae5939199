-- Plans of sites are seen and kept as runs are: by the staff of the county and its auditors, written by its keepers.
alter table reach_sitingplan enable row level security;
drop policy if exists sitingplan_seen on reach_sitingplan;
create policy sitingplan_seen on reach_sitingplan for select using (reach_sees(county_code));
drop policy if exists sitingplan_added on reach_sitingplan;
create policy sitingplan_added on reach_sitingplan for insert with check (yike_keeps(county_code));
drop policy if exists sitingplan_changed on reach_sitingplan;
create policy sitingplan_changed on reach_sitingplan for update using (yike_keeps(county_code)) with check (yike_keeps(county_code));
drop policy if exists entry_of_reach_siting on trail_entry;
create policy entry_of_reach_siting on trail_entry for select using (about = 'reach_siting' and reach_sees(region_code));
