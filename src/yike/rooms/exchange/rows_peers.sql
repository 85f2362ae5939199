-- Platforms that read our layers: seen by the staff of the county, its auditors and security; decided on by
-- security and the director (access.links asks the same). What was told is written by the house alone, and a
-- published table of codes is altered by nobody.
create or replace function exchange_peer_sees(county text) returns boolean language sql stable as $$
  select exchange_sees(county) or (yike_kind() = 'staff' and yike_has('admin_security')) $$;
create or replace function exchange_links(county text) returns boolean language sql stable as $$
  select yike_kind() = 'system' or (yike_kind() = 'staff' and (yike_has('admin_security')
      or (yike_has('director') and yike_keeps(county)))) $$;
alter table exchange_peer enable row level security;
drop policy if exists peer_seen on exchange_peer;
create policy peer_seen on exchange_peer for select using (exchange_peer_sees(county_code));
drop policy if exists peer_added on exchange_peer;
create policy peer_added on exchange_peer for insert with check (
  yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists peer_changed on exchange_peer;
create policy peer_changed on exchange_peer for update
  using (exchange_links(county_code)) with check (exchange_links(county_code));
alter table exchange_subscription enable row level security;
drop policy if exists subscription_seen on exchange_subscription;
create policy subscription_seen on exchange_subscription for select using (exchange_peer_sees(county_code));
drop policy if exists subscription_added on exchange_subscription;
create policy subscription_added on exchange_subscription for insert with check (exchange_links(county_code));
drop policy if exists subscription_changed on exchange_subscription;
create policy subscription_changed on exchange_subscription for update
  using (exchange_links(county_code)) with check (exchange_links(county_code));
alter table exchange_codetable enable row level security;
drop policy if exists codetable_seen on exchange_codetable;
create policy codetable_seen on exchange_codetable for select using (exchange_peer_sees(county_code));
drop policy if exists codetable_added on exchange_codetable;
create policy codetable_added on exchange_codetable for insert with check (exchange_links(county_code));
alter table exchange_told enable row level security;
drop policy if exists told_seen on exchange_told;
create policy told_seen on exchange_told for select using (exchange_peer_sees(county_code));
drop policy if exists told_added on exchange_told;
create policy told_added on exchange_told for insert with check (yike_kind() = 'system');
drop policy if exists told_changed on exchange_told;
create policy told_changed on exchange_told for update
  using (yike_kind() = 'system') with check (yike_kind() = 'system');
alter table exchange_push enable row level security;
drop policy if exists push_seen on exchange_push;
create policy push_seen on exchange_push for select using (exchange_peer_sees(county_code));
drop policy if exists push_added on exchange_push;
create policy push_added on exchange_push for insert with check (yike_kind() = 'system');
drop policy if exists push_changed on exchange_push;
create policy push_changed on exchange_push for update
  using (yike_kind() = 'system') with check (yike_kind() = 'system');
drop policy if exists entry_of_peer on trail_entry;
create policy entry_of_peer on trail_entry for select
  using (about = 'exchange_peer' and exchange_peer_sees(region_code));
