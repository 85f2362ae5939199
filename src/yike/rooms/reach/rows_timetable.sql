-- Timetables are read and written like networks; which one is in use, and until when, everybody may know.
alter table reach_timetable enable row level security;
drop policy if exists timetable_seen on reach_timetable;
create policy timetable_seen on reach_timetable for select using (reach_sees(county_code));
drop policy if exists timetable_added on reach_timetable;
create policy timetable_added on reach_timetable for insert with check (yike_keeps(county_code));
drop policy if exists timetable_changed on reach_timetable;
create policy timetable_changed on reach_timetable for update using (yike_keeps(county_code)) with check (yike_keeps(county_code));
create or replace function reach_timetable_in_use(county text)
returns table (digest text, since date, until date, licence text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.digest, t.since, t.until, t.licence from reach_timetable t
    where t.county_code = county and t.state = 'current' $$;
drop policy if exists entry_of_timetable on trail_entry;
create policy entry_of_timetable on trail_entry for select
  using (about = 'reach_timetable' and reach_sees(region_code));
