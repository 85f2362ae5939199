-- Addresses of other systems: security administrators and the house; what is sealed is opened by the house alone.
alter table notices_link enable row level security;
drop policy if exists link_seen on notices_link;
create policy link_seen on notices_link for select using (
  yike_kind() = 'system' or (yike_kind() = 'staff' and (yike_has('admin_security') or yike_has('admin_system'))));
drop policy if exists link_made on notices_link;
create policy link_made on notices_link for insert
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists link_altered on notices_link;
create policy link_altered on notices_link for update
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
alter table notices_delivery enable row level security;
drop policy if exists delivery_seen on notices_delivery;
create policy delivery_seen on notices_delivery for select using (
  yike_kind() = 'system' or (yike_kind() = 'staff' and (yike_has('admin_security') or yike_has('admin_system'))));
drop policy if exists delivery_made on notices_delivery;
create policy delivery_made on notices_delivery for insert
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists delivery_settled on notices_delivery;
create policy delivery_settled on notices_delivery for update
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists delivery_cleared on notices_delivery;
create policy delivery_cleared on notices_delivery for delete using (yike_kind() = 'system');
-- Whoever tells something learns only whether any system listens for it there.
create or replace function notices_listens(asked text, place text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from notices_link where kind = 'oa' and state in ('on', 'broken', 'paused')
                 and asked = any(events) and left(place, 6) = left(region_code, 6))
$$;
revoke all on function notices_listens(text, text) from public;
