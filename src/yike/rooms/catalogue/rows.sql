-- What is offered is public; the house and those who keep the registers write it (access.py).
do $$
declare one text;
begin
  foreach one in array array['item', 'itemlimit', 'codelist', 'code', 'legalmatter', 'keyword',
    'itemhint', 'offering']
  loop
    execute format('alter table catalogue_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on catalogue_%s', one, one);
    execute format('create policy %s_seen on catalogue_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on catalogue_%s', one, one);
    execute format('create policy %s_written on catalogue_%s
      using (yike_keeper()) with check (yike_keeper())', one, one);
  end loop;
end $$;
-- What an institution offers is written by those who keep its entry.
drop policy if exists offering_written on catalogue_offering;
create policy offering_written on catalogue_offering
  using (exists (select 1 from providers_institution i
                 where i.id = institution_id and yike_keeps(i.region_id)))
  with check (exists (select 1 from providers_institution i
                      where i.id = institution_id and yike_keeps(i.region_id)));

-- The history of the register is read by all staff.
drop policy if exists entry_of_catalogue on trail_entry;
create policy entry_of_catalogue on trail_entry for select
  using (about in ('item', 'code_list', 'legal_matter') and yike_kind() = 'staff');

-- Kept in memory by queries, until one of these changes.
select guard_watch('catalogue', 'catalogue_legalmatter');
select guard_watch('catalogue', 'catalogue_keyword');
