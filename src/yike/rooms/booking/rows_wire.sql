-- A platform sees and changes the bookings it made, and no others. Beside the policies of rows.sql.
drop policy if exists booking_peer_seen on booking_booking;
create policy booking_peer_seen on booking_booking for select
  using ((select yike_kind()) = 'peer' and peer_id <> '' and peer_id = (select yike_ref()));
drop policy if exists booking_peer_changed on booking_booking;
create policy booking_peer_changed on booking_booking for update
  using ((select yike_kind()) = 'peer' and peer_id <> '' and peer_id = (select yike_ref()));
drop policy if exists booking_peer_made on booking_booking;
create policy booking_peer_made on booking_booking for insert
  with check (yike_kind() = 'peer' and peer_id <> '' and peer_id = yike_ref());
