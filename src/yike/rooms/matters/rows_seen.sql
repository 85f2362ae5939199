-- Who sees a demand, and so may move it. Only a member of staff has a UUID for a name: whoever is asked in an order
-- of the planner's choosing, a system's or a peer's name is never read as one.
-- `(select …)` asks each setting once a statement, not once a row: a list of thousands stays fast.
do $$
declare
  seen text := $seen$
    ((select yike_kind()) = 'staff' and region_code >= (select yike_from())
     and region_code < (select yike_until()) and level <= (select yike_level())
     and (select yike_from()) <> '')
    or (select yike_kind()) = 'system'
    or ((select yike_kind()) = 'staff' and holder_org = (select case yike_kind() when 'staff'
                   then nullif(yike_org(), '')::uuid end)
        and (not (select yike_has('practitioner')) or holder_account is null
             or holder_account = (select case yike_kind() when 'staff'
                   then nullif(yike_ref(), '')::uuid end)))
    or ((select yike_kind()) = 'citizen' and (select yike_claim_key()) <> ''
        and reference = (select yike_claim_ref()) and phone_index = (select yike_claim_key()))
    or ((select yike_kind()) = 'peer' and peer_id <> '' and peer_id = (select yike_ref()))
    or ((select yike_kind()) = 'staff' and exists (
          select 1 from matters_participant p
          where p.matter_id = matters_matter.id
            and (p.account::text = yike_ref()
                 or (p.org::text = yike_org()
                     and (not yike_has('practitioner') or p.part in ('joint', 'offered'))))))
  $seen$;
begin
  drop policy if exists matter_seen on matters_matter;
  execute 'create policy matter_seen on matters_matter for select using (' || seen || ')';
  drop policy if exists matter_moved on matters_matter;
  execute 'create policy matter_moved on matters_matter for update using (' || seen || ') with check (true)';
end $$;
