-- Seasons, schemes and scorings are seen and kept as runs are. A scheme or scoring that was made stays as it is.
do $$
declare
  one text;
begin
  foreach one in array array['season', 'terminalscheme', 'terminalrating']
  loop
    execute format('alter table reach_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on reach_%s', one, one);
    execute format('create policy %s_seen on reach_%s for select using (reach_sees(county_code))', one, one);
    execute format('drop policy if exists %s_added on reach_%s', one, one);
    execute format('create policy %s_added on reach_%s for insert with check (yike_keeps(county_code))', one, one);
  end loop;
end $$;
drop policy if exists season_changed on reach_season;
create policy season_changed on reach_season for update using (yike_keeps(county_code)) with check (yike_keeps(county_code));
drop policy if exists entry_of_reach_needs on trail_entry;
create policy entry_of_reach_needs on trail_entry for select
  using (about in ('reach_season', 'reach_terminals') and reach_sees(region_code));
