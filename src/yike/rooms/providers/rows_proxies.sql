-- Proxies are published for everybody; the keepers of the place write them.
alter table providers_proxy enable row level security;
drop policy if exists proxy_seen on providers_proxy;
create policy proxy_seen on providers_proxy for select using (true);
drop policy if exists proxy_written on providers_proxy;
create policy proxy_written on providers_proxy using (yike_keeps(village_id)) with check (yike_keeps(village_id));
drop policy if exists entry_of_proxies on trail_entry;
create policy entry_of_proxies on trail_entry for select using (about = 'proxy' and yike_kind() = 'staff');
