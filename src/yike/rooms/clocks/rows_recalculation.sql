-- That a due instant was moved is seen and written by whoever sees its clock. A scalar subquery, not `exists`:
-- it is asked for each row by the clock's key and never turned into a walk over all clocks one may see.
alter table clocks_recalculation enable row level security;
drop policy if exists recalculation_of_clock on clocks_recalculation;
create policy recalculation_of_clock on clocks_recalculation
  using (coalesce((select true from clocks_clock c where c.id = clock_id), false))
  with check (coalesce((select true from clocks_clock c where c.id = clock_id), false));
