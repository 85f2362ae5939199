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

-- When offices work and what is promised is public; the house and the county's dispatchers and directors write it.
do $$
declare one text;
begin
  foreach one in array array['calendar', 'calendarversion', 'closure', 'promise'] loop
    execute format('alter table clocks_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on clocks_%s', one, one);
    execute format('create policy %s_seen on clocks_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on clocks_%s', one, one);
    execute format('create policy %s_written on clocks_%s
      using (yike_keeps_county()) with check (yike_keeps_county())', one, one);
  end loop;
end $$;

-- Kept in memory by queries, until one of these changes.
select guard_watch('clocks', 'clocks_promise');
select guard_watch('clocks', 'clocks_calendar');
