-- The register is public; the house and the registrars of an institution's region write it, with all that hangs
-- on the institution. access.py asks the same.
do $$
declare
  one text;
  kept text;
begin
  foreach one in array array['institution', 'practitioner', 'credential', 'supply'] loop
    kept := case one
      when 'institution' then 'yike_keeps(region_id)'
      when 'credential' then
        'exists (select 1 from providers_institution i
                 where i.id = coalesce(institution_id, (select p.institution_id from providers_practitioner p
                                                        where p.id = practitioner_id))
                   and yike_keeps(i.region_id))'
      else 'exists (select 1 from providers_institution i where i.id = institution_id
                    and yike_keeps(i.region_id))' end;
    execute format('alter table providers_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on providers_%s', one, one);
    execute format('create policy %s_seen on providers_%s for select using (true)', one, one);
    execute format('drop policy if exists %s_written on providers_%s', one, one);
    execute format('create policy %s_written on providers_%s using (%s) with check (%s)', one, one, kept, kept);
  end loop;
end $$;
-- A private telephone number is for colleagues only.
alter table providers_contact enable row level security;
drop policy if exists contact_seen on providers_contact;
create policy contact_seen on providers_contact for select
  using (public or yike_kind() in ('system', 'staff'));
drop policy if exists contact_written on providers_contact;
create policy contact_written on providers_contact
  using (exists (select 1 from providers_practitioner p join providers_institution i on i.id = p.institution_id
                 where p.id = practitioner_id and yike_keeps(i.region_id)))
  with check (exists (select 1 from providers_practitioner p join providers_institution i
                      on i.id = p.institution_id where p.id = practitioner_id and yike_keeps(i.region_id)));

-- The history of the register is read by all staff.
drop policy if exists entry_of_providers on trail_entry;
create policy entry_of_providers on trail_entry for select
  using (about in ('institution', 'practitioner', 'credential') and yike_kind() = 'staff');

-- Kept in memory by queries, until one of these changes.
select guard_watch('providers', 'providers_institution');
