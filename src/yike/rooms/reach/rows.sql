-- Roads, population by cell and runs are read by the staff of the county and its auditors, and written by
-- the keepers of the county (dispatcher, director) and the house. access.py asks the same.
create or replace function reach_sees(county text) returns boolean language sql stable as $$
  select yike_kind() = 'system' or yike_has('auditor') and yike_kind() = 'staff'
      or (yike_kind() = 'staff' and yike_from() <> ''
          and ((county >= yike_from() and county < yike_until())
               or substr(county, 1, 6) = substr(yike_from(), 1, 6))) $$;
do $$
declare
  one text;
begin
  foreach one in array array['network', 'populationset', 'yardstick', 'run']
  loop
    execute format('alter table reach_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on reach_%s', one, one);
    execute format('create policy %s_seen on reach_%s for select using (reach_sees(county_code))', one, one);
    execute format('drop policy if exists %s_added on reach_%s', one, one);
    execute format('create policy %s_added on reach_%s for insert with check (yike_keeps(county_code))', one, one);
    execute format('drop policy if exists %s_changed on reach_%s', one, one);
    if one <> 'yardstick' then  -- a yardstick that was set stays; another version follows
      execute format('create policy %s_changed on reach_%s for update using (yike_keeps(county_code)) with check (yike_keeps(county_code))', one, one);
    end if;
  end loop;
end $$;
drop policy if exists entry_of_reach on trail_entry;
create policy entry_of_reach on trail_entry for select
  using (about in ('reach_network', 'reach_people', 'reach_yardstick', 'reach_run') and reach_sees(region_code));
