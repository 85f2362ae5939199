-- Who is in charge of one of the nine kinds where something stands (the department's person, by account).
create or replace function providers_in_charge(kind text, region text) returns boolean language sql stable as
  $$ select kind <> '' and yike_kind() = 'staff' and exists (
       select 1 from providers_kindcharge k where k.kind = providers_in_charge.kind
         and k.account_id::text = yike_ref() and k.until_on is null
         and region collate "C" >= k.region_id
         and region collate "C" < rpad((left(k.region_id, 6)::integer + 1)::text, 12, '0')) $$;
-- When an entry was compared last is public; written by the keepers of the place and whoever is in charge of its kind.
alter table providers_institutioncheck enable row level security;
drop policy if exists institutioncheck_seen on providers_institutioncheck;
create policy institutioncheck_seen on providers_institutioncheck for select using (true);
drop policy if exists institutioncheck_added on providers_institutioncheck;
create policy institutioncheck_added on providers_institutioncheck for insert with check (exists (
  select 1 from providers_institution i where i.id = institution_id and (yike_keeps(i.region_id)
    or exists (select 1 from (values ('law_firm', '01'), ('notary', '02'), ('appraisal', '03'), ('arbitration', '04'),
        ('mediation', '05'), ('legal_aid', '06'), ('township_legal_service', '07'), ('publicity', '08'),
        ('reconsideration', '09')) sort (house, kind)
      where sort.house = i.kind and providers_in_charge(sort.kind, i.region_id)))));
-- Anybody reports; read by whoever answers, and by whoever holds the code of the receipt.
alter table providers_correction enable row level security;
drop policy if exists correction_made on providers_correction;
create policy correction_made on providers_correction for insert with check (state = 'open');
drop policy if exists correction_seen on providers_correction;
create policy correction_seen on providers_correction for select
  using (yike_keeps(region_id) or providers_in_charge(kind, region_id)
         or (code <> '' and code = yike_claim_ref()));
drop policy if exists correction_answered on providers_correction;
create policy correction_answered on providers_correction for update
  using (yike_keeps(region_id) or providers_in_charge(kind, region_id))
  with check (yike_keeps(region_id) or providers_in_charge(kind, region_id));

drop policy if exists entry_of_corrections on trail_entry;
create policy entry_of_corrections on trail_entry for select
  using (about = 'correction' and exists (select 1 from providers_correction c where c.id::text = trail_entry.subject));
