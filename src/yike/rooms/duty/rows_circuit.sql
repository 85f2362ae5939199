-- Circuits, their stops and visits are public: citizens are told when somebody comes. Who plans the county's
-- duty writes them; whoever leads a visit notes that they came and what was done.
do $$
declare one text;
begin
  foreach one in array array['circuit', 'circuitstop', 'circuitvisit'] loop
    execute format('alter table duty_%s enable row level security', one);
    execute format('drop policy if exists %1$s_seen on duty_%1$s', one);
    execute format('create policy %1$s_seen on duty_%1$s for select using (true)', one);
    execute format('drop policy if exists %1$s_written on duty_%1$s', one);
    execute format('create policy %1$s_written on duty_%1$s
      using (duty_plans(county_code)) with check (duty_plans(county_code))', one);
  end loop;
end $$;
drop policy if exists circuitvisit_led on duty_circuitvisit;
create policy circuitvisit_led on duty_circuitvisit for update
  using (yike_kind() = 'staff' and account_id::text = yike_ref())
  with check (yike_kind() = 'staff' and account_id::text = yike_ref());

drop policy if exists entry_of_circuit on trail_entry;
create policy entry_of_circuit on trail_entry for select using (about = 'circuit' and yike_kind() = 'staff');
