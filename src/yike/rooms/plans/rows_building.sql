-- The building plan is read by the staff of its county (public money, no personal data). Keepers of the
-- county write it; the office that answers for a project says how far it is, but never that it is accepted.
-- access.py and building.py ask the same.
create or replace function plans_builds(project uuid) returns boolean language sql stable as $$
  select yike_kind() = 'staff' and exists (
    select 1 from plans_project p where p.id = project and p.institution_id::text = yike_org()) $$;
create or replace function plans_project_kept(project uuid) returns boolean language sql stable as $$
  select exists (select 1 from plans_project p where p.id = project and yike_keeps(p.county_code)) $$;
do $$
declare
  one text;
  seen text;
  added text;
  kept text;
  checked text;
begin
  foreach one in array
    array['project', 'milestone', 'budgetline', 'inspection', 'finding', 'projectreport']
  loop
    seen := 'exists (select 1 from plans_project p where p.id = project_id)';
    added := 'plans_project_kept(project_id)';
    kept := 'plans_project_kept(project_id) or plans_builds(project_id)';
    checked := kept;
    if one = 'project' then
      seen := 'yike_kind() = ''system'' or (yike_kind() = ''staff''
               and (yike_from() = '''' or left(yike_from(), 6) = left(county_code, 6)))';
      added := 'yike_keeps(county_code)';
      kept := added || ' or yike_kind() = ''staff'' and institution_id::text = yike_org()';
      checked := kept || ' and state not in (''accepted'', ''stopped'')';
    elsif one = 'projectreport' then
      added := kept;
    end if;
    execute format('alter table plans_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on plans_%s', one, one);
    execute format('create policy %s_seen on plans_%s for select using (%s)', one, one, seen);
    execute format('drop policy if exists %s_added on plans_%s', one, one);
    execute format('create policy %s_added on plans_%s for insert with check (%s)', one, one, added);
    execute format('drop policy if exists %s_changed on plans_%s', one, one);
    if one not in ('inspection', 'projectreport') then  -- what was said stays
      execute format('create policy %s_changed on plans_%s for update using (%s) with check (%s)', one, one, kept, checked);
    end if;
  end loop;
end $$;
-- Steps of a task: planned and done by keepers and the departments that answer for it.
alter table plans_taskstep enable row level security;
drop policy if exists taskstep_seen on plans_taskstep;
create policy taskstep_seen on plans_taskstep for select using (yike_kind() in ('staff', 'system'));
drop policy if exists taskstep_added on plans_taskstep;
create policy taskstep_added on plans_taskstep for insert
  with check (yike_keeps(plans_county(task_id)) or plans_answers(task_id));
drop policy if exists taskstep_changed on plans_taskstep;
create policy taskstep_changed on plans_taskstep for update
  using (yike_keeps(plans_county(task_id)) or plans_answers(task_id))
  with check (yike_keeps(plans_county(task_id)) or plans_answers(task_id));
drop policy if exists entry_of_projects on trail_entry;
create policy entry_of_projects on trail_entry for select
  using (about = 'project' and yike_kind() = 'staff');
