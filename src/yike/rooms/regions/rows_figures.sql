-- Figures and outlines are public. Whoever keeps the registers of a region adds to them; the house alone, which
-- loads the shipped ones again, changes any.
do $$
declare one text;
begin
  foreach one in array array['population', 'area', 'boundary'] loop
    execute format('alter table regions_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on regions_%s', one, one);
    execute format('create policy %s_seen on regions_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_added on regions_%s', one, one);
    execute format('create policy %s_added on regions_%s for insert with check (yike_keeps(region_id))', one, one);
    execute format('drop policy if exists %s_written on regions_%s', one, one);
    execute format('create policy %s_written on regions_%s using (yike_kind() = ''system'')
      with check (yike_kind() = ''system'')', one, one);
  end loop;
end $$;
