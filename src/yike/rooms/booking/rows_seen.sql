-- Who sees a booking, and so may change it. Only a member of staff has a UUID for a name: in whatever order the
-- planner asks, a system's or a peer's name is never read as one.
do $$
declare
  seen text := $seen$
    (select yike_kind()) = 'system'
    or ((select yike_kind()) = 'staff' and (select yike_from()) <> ''
        and region_code >= (select yike_from()) and region_code < (select yike_until())
        and (yike_has('clerk') or yike_has('agent') or yike_has('officer') or yike_has('dispatcher')
             or yike_has('director')))
    or ((select yike_kind()) = 'staff' and org = (select case yike_kind() when 'staff'
                   then nullif(yike_org(), '')::uuid end)
        and (not (select yike_has('practitioner')) or account_id is null
             or account_id = (select case yike_kind() when 'staff'
                   then nullif(yike_ref(), '')::uuid end)))
    or ((select yike_kind()) = 'staff' and account_id = (select case yike_kind() when 'staff'
                   then nullif(yike_ref(), '')::uuid end))
    or ((select yike_kind()) = 'citizen' and (select yike_claim_key()) <> ''
        and reference = (select yike_claim_ref())
        and (select yike_claim_key()) in (phone_index, hold_key))
  $seen$;
begin
  drop policy if exists booking_seen on booking_booking;
  execute 'create policy booking_seen on booking_booking for select using (' || seen || ')';
  drop policy if exists booking_changed on booking_booking;
  execute 'create policy booking_changed on booking_booking for update using (' || seen || ') with check (true)';
end $$;
