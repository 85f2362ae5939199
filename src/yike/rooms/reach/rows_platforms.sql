-- A platform whose key reads layers of the map sees the snapshots of its county, and no other run.
drop policy if exists run_of_platforms on reach_run;
create policy run_of_platforms on reach_run for select
  using (snapshot <> '' and yike_kind() = 'peer' and yike_has('layers:read') and yike_from() <> ''
         and substr(county_code, 1, 6) = substr(yike_from(), 1, 6));
