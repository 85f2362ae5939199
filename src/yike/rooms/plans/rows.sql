-- Plans are read by all staff (officials of a public document, no personal data); the keepers of the
-- county write them. Whose department answers for a task moves it and reports: access.py asks the same.
create or replace function plans_answers(which uuid) returns boolean
language sql stable as $$
  select yike_kind() = 'staff' and exists (
    select 1 from plans_taskdepartment d
    where d.task_id = which
      and (d.institution_id::text = yike_org()
           or (d.institution_kind <> '' and exists (
                 select 1 from providers_institution i
                 where i.id::text = yike_org() and i.kind = d.institution_kind)))) $$;
create or replace function plans_county(which uuid) returns text
language sql stable as $$
  select f.county_code from plans_taskforce f join plans_task t on t.task_force_id = f.id
  where t.id = which $$;
do $$
declare
  one text;
  kept text;
begin
  foreach one in array array['taskforce', 'member', 'task', 'taskdepartment', 'taskreport']
  loop
    kept := case one
      when 'taskforce' then 'yike_keeps(county_code)'
      when 'task' then
        'exists (select 1 from plans_taskforce f where f.id = task_force_id and yike_keeps(f.county_code))
         or plans_answers(id)'
      when 'member' then
        'exists (select 1 from plans_taskforce f where f.id = task_force_id and yike_keeps(f.county_code))'
      when 'taskreport' then 'yike_keeps(plans_county(task_id)) or plans_answers(task_id)'
      else 'yike_keeps(plans_county(task_id))' end;
    execute format('alter table plans_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on plans_%s', one, one);
    execute format('create policy %s_seen on plans_%s for select using (yike_kind() in (''staff'', ''system''))', one, one);
    execute format('drop policy if exists %s_added on plans_%s', one, one);
    execute format('create policy %s_added on plans_%s for insert with check (%s)', one, one, kept);
    execute format('drop policy if exists %s_changed on plans_%s', one, one);
    if one in ('taskforce', 'member', 'task') then  -- what was reported and who answers stays
      execute format('create policy %s_changed on plans_%s for update using (%s) with check (%s)', one, one, kept, kept);
    end if;
  end loop;
end $$;
drop policy if exists entry_of_plans on trail_entry;
create policy entry_of_plans on trail_entry for select
  using (about in ('task_force', 'task') and yike_kind() = 'staff');
