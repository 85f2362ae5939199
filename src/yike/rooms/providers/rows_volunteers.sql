-- Volunteers are known to those who keep the register or work on matters; to a volunteer only what is their own and
-- what belongs to a task they were given. access_volunteers.py says the same in Python.
create or replace function providers_reads_volunteers() returns boolean language sql stable as
  $$ select yike_kind() = 'system'
            or (yike_kind() = 'staff'
                and (yike_has('dispatcher') or yike_has('director') or yike_has('officer') or yike_has('clerk')
                     or yike_has('agent') or yike_has('supervisor') or yike_has('auditor'))) $$;
-- Those who see to a task on the spot: its keepers, and officers and supervisors of the region.
create or replace function providers_organises(region text) returns boolean language sql stable as
  $$ select yike_keeps(region)
            or (yike_kind() = 'staff' and (yike_has('officer') or yike_has('supervisor')) and yike_from() <> ''
                and region collate "C" >= yike_from() and region collate "C" < yike_until()) $$;
create or replace function providers_keeps_volunteer(one uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'system' or exists (select 1 from providers_volunteer v
       where v.id = one and yike_keeps(v.region_id)) $$;
create or replace function providers_is_volunteer(one uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'staff' and exists (select 1 from providers_volunteer v
       where v.id = one and v.account_id::text = yike_ref()) $$;
create or replace function providers_organises_task(one uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'system' or exists (select 1 from providers_volunteertask t
       where t.id = one and providers_organises(t.region_id)) $$;
-- How many places are taken is no secret, but a volunteer and the public do not see by whom.
create or replace function providers_places_taken(one uuid) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as
  $$ begin return (select count(*) from providers_volunteersignup s
       where s.task_id = one and s.state in ('asked', 'confirmed', 'came', 'done')); end $$;
-- Whoever applies writes the contact at once, and sees neither afterwards.
create or replace function providers_volunteer_fresh(one uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as
  $$ begin return exists (select 1 from providers_volunteer v where v.id = one and v.state = 'applied'
       and not exists (select 1 from providers_volunteercontact c where c.volunteer_id = one)); end $$;

do $$
declare one text;
begin
  foreach one in array array['volunteer', 'volunteercontact', 'volunteerundertaking', 'volunteerteam',
    'volunteermember', 'volunteerrules', 'volunteertask', 'volunteerbrief', 'volunteersignup', 'volunteercall',
    'volunteerincident', 'volunteerhonour', 'volunteercertificate', 'servicerecord'] loop
    execute format('alter table providers_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on providers_%s', one, one);
    execute format('drop policy if exists %s_written on providers_%s', one, one);
    execute format('drop policy if exists %s_added on providers_%s', one, one);
    execute format('drop policy if exists %s_own on providers_%s', one, one);
  end loop;
  -- seen by readers, and by the volunteer it is about
  foreach one in array array['volunteerundertaking', 'volunteermember', 'volunteersignup', 'volunteerhonour'] loop
    execute format('create policy %s_seen on providers_%s for select
      using (providers_reads_volunteers() or providers_is_volunteer(volunteer_id))', one, one);
  end loop;
  -- kept by the keepers of the volunteer's place
  foreach one in array array['volunteercontact', 'volunteerundertaking', 'volunteercertificate'] loop
    execute format('create policy %s_written on providers_%s using (providers_keeps_volunteer(volunteer_id))
      with check (providers_keeps_volunteer(volunteer_id))', one, one);
  end loop;
  -- by those who see to the task
  foreach one in array array['volunteersignup', 'volunteercall', 'volunteerincident', 'volunteerbrief'] loop
    execute format('create policy %s_written on providers_%s using (providers_organises_task(task_id))
      with check (providers_organises_task(task_id))', one, one);
  end loop;
  foreach one in array array['volunteercall', 'volunteerincident'] loop
    execute format('create policy %s_seen on providers_%s for select using (providers_reads_volunteers())', one, one);
  end loop;
  -- by the keepers of their own region
  foreach one in array array['volunteer', 'volunteerteam', 'volunteerrules', 'volunteertask'] loop
    execute format('create policy %s_written on providers_%s using (yike_keeps(region_id))
      with check (yike_keeps(region_id))', one, one);
  end loop;
end $$;

create policy volunteer_seen on providers_volunteer for select
  using (providers_reads_volunteers() or (yike_kind() = 'staff' and account_id::text = yike_ref()));
create policy volunteer_added on providers_volunteer for insert
  with check (yike_kind() in ('visitor', 'citizen') and state = 'applied' and account_id is null
              and practitioner_id is null and not demo);
create policy volunteercontact_added on providers_volunteercontact for insert
  with check (providers_volunteer_fresh(volunteer_id));
create policy volunteercontact_seen on providers_volunteercontact for select
  using (providers_keeps_volunteer(volunteer_id) or providers_is_volunteer(volunteer_id));
create policy volunteerundertaking_added on providers_volunteerundertaking for insert
  with check (providers_is_volunteer(volunteer_id));
create policy volunteerteam_seen on providers_volunteerteam for select
  using (yike_kind() in ('system', 'staff'));
create policy volunteermember_written on providers_volunteermember
  using (exists (select 1 from providers_volunteerteam t where t.id = team_id and yike_keeps(t.region_id)))
  with check (exists (select 1 from providers_volunteerteam t where t.id = team_id and yike_keeps(t.region_id)));
-- Rules and what is promised are published.
create policy volunteerrules_seen on providers_volunteerrules for select using (true);
-- What is being recruited for is published; what is over is known to readers and to those who took part.
create policy volunteertask_seen on providers_volunteertask for select
  using (state in ('open', 'full') or providers_reads_volunteers()
         or exists (select 1 from providers_volunteersignup s where s.task_id = id
                    and providers_is_volunteer(s.volunteer_id)));
-- The brief of a task: those who see to it, and whoever was given it, while they have it.
create policy volunteerbrief_seen on providers_volunteerbrief for select
  using (providers_organises_task(task_id)
         or exists (select 1 from providers_volunteersignup s
                    where s.task_id = providers_volunteerbrief.task_id and s.state in ('confirmed', 'came')
                      and providers_is_volunteer(s.volunteer_id)));
-- A volunteer signs up and withdraws, nothing more.
create policy volunteersignup_added on providers_volunteersignup for insert
  with check (state in ('asked', 'waiting') and minutes = 0 and points = 0 and rating is null
              and providers_is_volunteer(volunteer_id));
create policy volunteersignup_own on providers_volunteersignup for update
  using (providers_is_volunteer(volunteer_id) and state in ('asked', 'waiting', 'confirmed'))
  with check (providers_is_volunteer(volunteer_id) and state = 'withdrawn' and minutes = 0 and points = 0
              and rating is null);
create policy volunteerhonour_written on providers_volunteerhonour
  using (providers_keeps_volunteer(volunteer_id)
         or exists (select 1 from providers_volunteersignup s where s.volunteer_id = providers_volunteerhonour.volunteer_id
                    and providers_organises_task(s.task_id)))
  with check (providers_keeps_volunteer(volunteer_id)
         or exists (select 1 from providers_volunteersignup s where s.volunteer_id = providers_volunteerhonour.volunteer_id
                    and providers_organises_task(s.task_id)));
-- A certificate is shown to whoever names its code.
create policy volunteercertificate_seen on providers_volunteercertificate for select
  using (providers_reads_volunteers() or providers_is_volunteer(volunteer_id)
         or (yike_claim_ref() <> '' and code = yike_claim_ref()));

-- Services given outside orders: told by those who work there, and by whoever gave them.
create policy servicerecord_seen on providers_servicerecord for select
  using (providers_reads_volunteers() or (volunteer_id is not null and providers_is_volunteer(volunteer_id))
         or (practitioner_id is not null and providers_is_self(practitioner_id)));
create policy servicerecord_written on providers_servicerecord
  using (providers_organises(region_id)) with check (providers_organises(region_id));
create policy servicerecord_added on providers_servicerecord for insert
  with check (void_reason = '' and ((volunteer_id is not null and providers_is_volunteer(volunteer_id))
         or (practitioner_id is not null and providers_is_self(practitioner_id))));
drop policy if exists file_of_service on files_file;
create policy file_of_service on files_file for select
  using (about = 'service_record' and yike_kind() in ('system', 'staff')
         and exists (select 1 from providers_servicerecord r where r.id::text = subject));

drop policy if exists entry_of_volunteers on trail_entry;
create policy entry_of_volunteers on trail_entry for select
  using (about in ('volunteer', 'volunteer_team', 'volunteer_task', 'service_record')
         and yike_kind() = 'staff' and providers_reads_volunteers());
