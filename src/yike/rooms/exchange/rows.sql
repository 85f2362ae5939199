-- Uploads and comparisons are read by the staff of the county and its auditors. Offices upload for their own
-- town; keepers of the county (dispatcher, director) decide, and compare. access.py asks the same.
create or replace function exchange_sees(county text) returns boolean language sql stable as $$
  select yike_kind() = 'system' or (yike_kind() = 'staff' and (yike_has('auditor')
      or (yike_from() <> '' and substr(county, 1, 6) = substr(yike_from(), 1, 6)))) $$;
create or replace function exchange_brings(region text) returns boolean language sql stable as $$
  select yike_keeps(region) or (yike_kind() = 'staff' and yike_has('officer') and yike_from() <> ''
         and region collate "C" >= yike_from() and region collate "C" < yike_until()) $$;
alter table exchange_upload enable row level security;
drop policy if exists upload_seen on exchange_upload;
create policy upload_seen on exchange_upload for select using (exchange_sees(county_code));
drop policy if exists upload_added on exchange_upload;
create policy upload_added on exchange_upload for insert with check (state = 'checked' and exchange_brings(region_code));
drop policy if exists upload_decided on exchange_upload;
create policy upload_decided on exchange_upload for update
  using (yike_keeps(county_code)) with check (yike_keeps(county_code));
drop policy if exists upload_sent on exchange_upload;
create policy upload_sent on exchange_upload for update
  using (taken_ref = yike_ref() and state in ('checked', 'submitted'))
  with check (taken_ref = yike_ref() and state in ('submitted', 'dropped'));
alter table exchange_comparison enable row level security;
drop policy if exists comparison_seen on exchange_comparison;
create policy comparison_seen on exchange_comparison for select using (exchange_sees(county_code));
drop policy if exists comparison_added on exchange_comparison;
create policy comparison_added on exchange_comparison for insert with check (yike_keeps(county_code));
drop policy if exists comparison_changed on exchange_comparison;
create policy comparison_changed on exchange_comparison for update
  using (yike_keeps(county_code)) with check (yike_keeps(county_code));
drop policy if exists entry_of_exchange on trail_entry;
create policy entry_of_exchange on trail_entry for select
  using (about in ('exchange_upload', 'exchange_comparison') and exchange_sees(region_code));
