-- Who may alter what hangs on an institution or a person: its keepers (yike_keeps, by region and part).
create or replace function providers_keeps_house(house uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'system' or exists (select 1 from providers_institution i
       where i.id = house and yike_keeps(i.region_id)) $$;
create or replace function providers_keeps_person(person uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'system' or exists (select 1 from providers_practitioner p
       where p.id = person and providers_keeps_house(p.institution_id)) $$;
-- Whether this is the entry of whoever acts.
create or replace function providers_is_self(person uuid) returns boolean language sql stable as
  $$ select yike_kind() = 'staff' and exists (select 1 from providers_practitioner p
       where p.id = person and p.account_id::text = yike_ref()) $$;

-- What is not public is opened by the registrars of the place only; it lies sealed besides.
drop policy if exists contact_seen on providers_contact;
create policy contact_seen on providers_contact for select
  using (public or providers_keeps_person(practitioner_id));

-- Published: who is stationed where, who advises which village, which numbers a county decided.
-- Read by staff: teams, keepers, joinings, departments, visits. Relations: staff, as blind indexes.
do $$
declare one text;
begin
  foreach one in array array['stationing', 'advisercontract', 'adviservillage', 'localnorm'] loop
    execute format('alter table providers_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on providers_%s', one, one);
    execute format('create policy %s_seen on providers_%s for select using (true)', one, one);
  end loop;
  foreach one in array array['dutyteam', 'dutyneed', 'dutymember', 'keeper', 'joining',
    'joiningpaper', 'kindcharge', 'kindupdate', 'adviservisit', 'relation'] loop
    execute format('alter table providers_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on providers_%s', one, one);
    execute format('create policy %s_seen on providers_%s for select
      using (yike_kind() in (''system'', ''staff''))', one, one);
  end loop;
  foreach one in array array['stationing', 'advisercontract', 'localnorm', 'dutyteam', 'joining',
    'kindcharge'] loop
    execute format('drop policy if exists %s_written on providers_%s', one, one);
    execute format('create policy %s_written on providers_%s using (yike_keeps(region_id))
      with check (yike_keeps(region_id))', one, one);
  end loop;
end $$;
drop policy if exists adviservillage_written on providers_adviservillage;
create policy adviservillage_written on providers_adviservillage
  using (yike_keeps(village_id)) with check (yike_keeps(village_id));
-- Work in a village: also by its office, and by the adviser.
drop policy if exists adviservisit_written on providers_adviservisit;
create policy adviservisit_written on providers_adviservisit
  using (yike_keeps(village_id)
    or (yike_kind() = 'staff' and yike_has('officer')
        and village_id >= yike_from() and village_id < yike_until())
    or exists (select 1 from providers_advisercontract c
               where c.id = contract_id and providers_is_self(c.practitioner_id)))
  with check (yike_keeps(village_id)
    or (yike_kind() = 'staff' and yike_has('officer')
        and village_id >= yike_from() and village_id < yike_until())
    or exists (select 1 from providers_advisercontract c
               where c.id = contract_id and providers_is_self(c.practitioner_id)));
drop policy if exists keeper_written on providers_keeper;
create policy keeper_written on providers_keeper
  using (providers_keeps_house(institution_id)) with check (providers_keeps_house(institution_id));
drop policy if exists relation_written on providers_relation;
create policy relation_written on providers_relation
  using (providers_keeps_person(practitioner_id) or providers_is_self(practitioner_id))
  with check (providers_keeps_person(practitioner_id) or providers_is_self(practitioner_id));
drop policy if exists dutyneed_written on providers_dutyneed;
create policy dutyneed_written on providers_dutyneed
  using (exists (select 1 from providers_dutyteam t where t.id = team_id and yike_keeps(t.region_id)))
  with check (exists (select 1 from providers_dutyteam t where t.id = team_id and yike_keeps(t.region_id)));
drop policy if exists dutymember_written on providers_dutymember;
create policy dutymember_written on providers_dutymember
  using (exists (select 1 from providers_dutyteam t where t.id = team_id and yike_keeps(t.region_id)))
  with check (exists (select 1 from providers_dutyteam t where t.id = team_id and yike_keeps(t.region_id)));
drop policy if exists joiningpaper_written on providers_joiningpaper;
create policy joiningpaper_written on providers_joiningpaper
  using (exists (select 1 from providers_joining j where j.id = joining_id and yike_keeps(j.region_id)))
  with check (exists (select 1 from providers_joining j where j.id = joining_id and yike_keeps(j.region_id)));
drop policy if exists kindupdate_written on providers_kindupdate;
create policy kindupdate_written on providers_kindupdate
  using (exists (select 1 from providers_kindcharge k where k.id = charge_id
    and (yike_keeps(k.region_id)
         or (yike_kind() = 'staff' and k.account_id::text = yike_ref()))))
  with check (exists (select 1 from providers_kindcharge k where k.id = charge_id
    and (yike_keeps(k.region_id)
         or (yike_kind() = 'staff' and k.account_id::text = yike_ref()))));

-- The history of all this is read by all staff.
drop policy if exists entry_of_serving on trail_entry;
create policy entry_of_serving on trail_entry for select
  using (about in ('local_norm', 'adviser_contract', 'duty_team', 'joining', 'kind_charge', 'stationing')
         and yike_kind() = 'staff');
