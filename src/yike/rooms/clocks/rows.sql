-- A clock shows when what was promised, for which thing: the room that owns the thing adds a policy
-- for those who see the thing (policies add up). No policy by region here: it would tell of a private
-- thing that it exists and when it is due. Anybody who may open a thing may start its clock.
alter table clocks_clock enable row level security;
drop policy if exists clock_of_house on clocks_clock;
create policy clock_of_house on clocks_clock
  using (yike_kind() = 'system') with check (yike_kind() = 'system');
drop policy if exists clock_of_region on clocks_clock;
drop policy if exists clock_started on clocks_clock;
create policy clock_started on clocks_clock for insert with check (yike_kind() <> '');

-- A pause is seen and made by whoever sees its clock.
alter table clocks_clockpause enable row level security;
drop policy if exists pause_of_clock on clocks_clockpause;
create policy pause_of_clock on clocks_clockpause
  using (exists (select 1 from clocks_clock c where c.id = clock_id))
  with check (exists (select 1 from clocks_clock c where c.id = clock_id));

-- open: clocks_calendar: when offices work, public
-- open: clocks_calendarversion: when offices work, public
-- open: clocks_closure: when offices do not work, public
-- open: clocks_promise: what is promised to everybody, public

-- Kept in memory by queries, until one of these changes.
select guard_watch('clocks', 'clocks_promise');
select guard_watch('clocks', 'clocks_calendar');
