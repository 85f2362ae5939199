-- That a due instant was moved is seen and written by whoever sees its clock.
alter table clocks_recalculation enable row level security;
drop policy if exists recalculation_of_clock on clocks_recalculation;
create policy recalculation_of_clock on clocks_recalculation
  using (exists (select 1 from clocks_clock c where c.id = clock_id))
  with check (exists (select 1 from clocks_clock c where c.id = clock_id));
