-- A terminal or room is never given twice: whoever reserves one takes its lock, then looks for another booking whose
-- slot overlaps. Two at once come one after the other, and the second sees the first. Beside booking_capacity_holds.
create or replace function booking_far_holds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.far_spot is null or new.slot_id is null
     or not booking_takes(new.state, new.expires_at, new.changed_at) then
    return new;
  end if;
  if tg_op = 'UPDATE' and old.slot_id = new.slot_id and old.far_spot = new.far_spot
     and booking_takes(old.state, old.expires_at, new.changed_at) then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('booking.far:' || new.far_spot::text, 0));
  if exists (
      select 1 from booking_booking b
      join booking_slot theirs on theirs.id = b.slot_id
      join booking_slot mine on mine.id = new.slot_id
      where b.far_spot = new.far_spot and b.id <> new.id
        and theirs.from_at < mine.until_at and mine.from_at < theirs.until_at
        and booking_takes(b.state, b.expires_at, new.changed_at)) then
    raise exception 'spot % is somebody else''s then', new.far_spot
      using errcode = 'check_violation', constraint = 'booking_far_spot';
  end if;
  return new;
end $$;
drop trigger if exists far_holds on booking_booking;
create trigger far_holds before insert or update on booking_booking
  for each row execute function booking_far_holds();

-- Which spots are taken in a span is told to staff; by whom is not.
create or replace function booking_far_taken(wanted timestamptz, ends timestamptz, at timestamptz) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select b.far_spot from booking_booking b join booking_slot s on s.id = b.slot_id
  where b.far_spot is not null and s.from_at < ends and wanted < s.until_at
    and booking_takes(b.state, b.expires_at, at) $$;

-- Whoever answers for the station's region sees who comes to sit there. Beside the policies of rows.sql.
do $$
declare
  seen text := $seen$
    (select yike_kind()) = 'staff' and far_region <> '' and (select yike_from()) <> ''
    and far_region >= (select yike_from()) and far_region < (select yike_until())
    and (yike_has('clerk') or yike_has('agent') or yike_has('officer') or yike_has('dispatcher')
         or yike_has('director'))
  $seen$;
begin
  drop policy if exists booking_far_seen on booking_booking;
  execute 'create policy booking_far_seen on booking_booking for select using (' || seen || ')';
  drop policy if exists booking_far_changed on booking_booking;
  execute 'create policy booking_far_changed on booking_booking for update using (' || seen || ') with check (true)';
end $$;
