-- When one can be booked is public; it is said by the office itself and by those who keep the region's registers.
do $$
declare
  t text;
begin
  foreach t in array array['pattern', 'slot', 'closure']
  loop
    execute format('alter table booking_%s enable row level security', t);
    execute format('drop policy if exists seen on booking_%s', t);
    execute format('create policy seen on booking_%s for select using (true)', t);
    execute format('drop policy if exists kept on booking_%s', t);
    execute format($p$create policy kept on booking_%s for all
      using (yike_keeps(region_code) or (yike_kind() = 'staff' and org::text = yike_org()
             and (yike_has('clerk') or yike_has('officer') or yike_has('practitioner'))))
      with check (yike_keeps(region_code) or (yike_kind() = 'staff' and org::text = yike_org()
             and (yike_has('clerk') or yike_has('officer') or yike_has('practitioner'))))$p$, t);
  end loop;
end $$;
alter table booking_rule enable row level security;
drop policy if exists rule_seen on booking_rule;
create policy rule_seen on booking_rule for select using (true);
drop policy if exists rule_set on booking_rule;
create policy rule_set on booking_rule for insert
  with check (yike_kind() = 'system' or (yike_has('director') and yike_keeps(county_code)));

-- A booking is seen by the office where it takes place (a practitioner sees what is theirs or nobody's), by those who
-- answer for its region, and by the citizen who proves reference and phone, or holds the place in this browser.
alter table booking_booking enable row level security;
drop policy if exists booking_made on booking_booking;
create policy booking_made on booking_booking for insert with check (yike_kind() in ('visitor', 'citizen', 'staff', 'system'));

-- Never sold twice. Whoever takes a place of a slot locks the slot first, then counts what is taken: two at once come
-- one after the other, and the second sees the first. A held place counts until it expires, swept or not.
create or replace function booking_takes(state text, expires_at timestamptz, at timestamptz) returns boolean
language sql immutable as
  $$ select state in ('confirmed', 'came', 'no_show') or (state = 'held' and expires_at > at) $$;
create or replace function booking_capacity_holds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  room integer;
  used integer;
begin
  if new.slot_id is null or not booking_takes(new.state, new.expires_at, new.changed_at) then
    return new;
  end if;
  if tg_op = 'UPDATE' and old.slot_id = new.slot_id
     and booking_takes(old.state, old.expires_at, new.changed_at) then
    return new;
  end if;
  select capacity into room from booking_slot where id = new.slot_id for update;
  select count(*) into used from booking_booking b
    where b.slot_id = new.slot_id and b.id <> new.id
      and booking_takes(b.state, b.expires_at, new.changed_at);
  if used >= room then
    raise exception 'slot % is full', new.slot_id
      using errcode = 'check_violation', constraint = 'booking_slot_capacity';
  end if;
  return new;
end $$;
drop trigger if exists capacity_holds on booking_booking;
create trigger capacity_holds before insert or update on booking_booking
  for each row execute function booking_capacity_holds();
-- Nor is a slot made narrower than what is taken of it.
create or replace function booking_slot_keeps() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.capacity < old.capacity and new.capacity < (
      select count(*) from booking_booking b where b.slot_id = new.id
        and booking_takes(b.state, b.expires_at, now())) then
    raise exception 'slot % has more bookings', new.id
      using errcode = 'check_violation', constraint = 'booking_slot_capacity';
  end if;
  return new;
end $$;
drop trigger if exists slot_keeps on booking_slot;
create trigger slot_keeps before update on booking_slot for each row execute function booking_slot_keeps();

-- How much of some slots is taken is public; by whom is not.
create or replace function booking_taken(wanted uuid[], at timestamptz) returns table (slot_id uuid, taken integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select b.slot_id, count(*)::integer from booking_booking b
  where b.slot_id = any(wanted) and booking_takes(b.state, b.expires_at, at) group by b.slot_id $$;
-- How often somebody with this telephone did not come: asked before a time is given out on the net.
create or replace function booking_no_shows(asked text, since date) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from booking_booking b
  where b.phone_index = asked and asked <> '' and b.state = 'no_show' and b.day >= since $$;

-- How many times to come such a telephone has been given: nobody keeps a day's places for themselves.
create or replace function booking_upcoming(asked text, at timestamptz) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from booking_booking b join booking_slot s on s.id = b.slot_id
  where b.phone_index = asked and asked <> '' and b.state = 'confirmed' and s.from_at > at $$;

-- How many wait before somebody for the same day.
create or replace function booking_ahead(asked uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from booking_booking b, booking_booking mine
  where mine.id = asked and b.state = 'waiting' and b.pattern_id = mine.pattern_id
    and b.day = mine.day and (b.made_at, b.id) < (mine.made_at, mine.id) $$;

-- One's own calendar address; whoever presents the secret is told whose it is.
alter table booking_feed enable row level security;
drop policy if exists feed_own on booking_feed;
create policy feed_own on booking_feed
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref()));
create or replace function booking_feed_of(asked text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select account_id from booking_feed where digest = asked and revoked_at is null $$;

-- Neighbours' rows about a booking.
drop policy if exists entry_of_booking on trail_entry;
create policy entry_of_booking on trail_entry for select
  using (case when about = 'booking'
              then exists (select 1 from booking_booking b where b.id = subject::uuid) else false end);
drop policy if exists party_of_booking on people_party;
create policy party_of_booking on people_party for select
  using (yike_kind() in ('staff', 'citizen')
         and exists (select 1 from booking_booking b where b.party_id = people_party.id));
