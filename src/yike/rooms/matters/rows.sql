-- Who sees which matter. A matter is seen by the office that holds it, by whoever held, opened or helped
-- (participants), by those who answer for its region up to their secrecy level, by the citizen who proves
-- reference and phone, and by the platform that brought it. A practitioner sees what is theirs alone.
-- Everything about a matter is seen exactly when the matter is.

create sequence if not exists matters_order_no;

alter table matters_participant enable row level security;
drop policy if exists part_seen on matters_participant;
create policy part_seen on matters_participant for select
  using (yike_kind() = 'system'
         or (yike_kind() = 'staff'
             and (org::text = yike_org() or account::text = yike_ref())));
-- Anybody may bring a demand: writing needs no sight, so that a visitor opens in one go.
-- `(select …)` asks each setting once a statement, not once a row: a list of thousands stays fast.
-- To change a row is to see it; a row may then leave one's sight only as far as SELECT allows.
alter table matters_matter enable row level security;
do $$
declare
  seen text := $seen$
    ((select yike_kind()) = 'staff' and region_code >= (select yike_from())
     and region_code < (select yike_until()) and level <= (select yike_level())
     and (select yike_from()) <> '')
    or (select yike_kind()) = 'system'
    or ((select yike_kind()) = 'staff' and holder_org = (select nullif(yike_org(), '')::uuid)
        and (not (select yike_has('practitioner')) or holder_account is null
             or holder_account = (select nullif(yike_ref(), '')::uuid)))
    or ((select yike_kind()) = 'citizen' and (select yike_claim_key()) <> ''
        and reference = (select yike_claim_ref()) and phone_index = (select yike_claim_key()))
    or ((select yike_kind()) = 'peer' and peer_id <> '' and peer_id = (select yike_ref()))
    or ((select yike_kind()) = 'staff' and exists (
          select 1 from matters_participant p
          where p.matter_id = matters_matter.id
            and (p.account::text = yike_ref()
                 or (p.org::text = yike_org() and not yike_has('practitioner')))))
  $seen$;
begin
  drop policy if exists matter_seen on matters_matter;
  execute 'create policy matter_seen on matters_matter for select using (' || seen || ')';
  drop policy if exists matter_moved on matters_matter;
  execute 'create policy matter_moved on matters_matter for update using (' || seen || ') with check (true)';
end $$;
drop policy if exists matter_opened on matters_matter;
create policy matter_opened on matters_matter for insert with check (yike_kind() <> '');
-- To be written down as a participant is to see the matter: only who sees it, or opened it, writes one.
-- (Who takes down a private demand at a counter may not see it otherwise.)
create or replace function matters_opened_by(which uuid, who text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select who <> '' and exists (
       select 1 from matters_matter m where m.id = which and m.first_account::text = who) $$;
drop policy if exists part_written on matters_participant;
create policy part_written on matters_participant for insert with check (
  yike_kind() in ('system', 'visitor', 'citizen', 'peer')  -- whom no such row shows anything
  or (yike_kind() = 'staff'
      and (exists (select 1 from matters_matter m where m.id = matter_id)
           or matters_opened_by(matter_id, yike_ref()))));

do $$
declare t text;
begin
  foreach t in array array['step', 'point', 'message', 'supplement', 'attachment', 'reply', 'feedback']
  loop
    execute format('alter table matters_%s enable row level security', t);
    execute format('drop policy if exists of_matter on matters_%s', t);
    execute format('create policy of_matter on matters_%1$s using (exists (
      select 1 from matters_matter m where m.id = matters_%1$s.matter_id)) with check (yike_kind() <> '''')', t);
  end loop;
end $$;

-- Opinions are internal: never a citizen's or a peer's; of their level, or of the writer's own office.
alter table matters_note enable row level security;
drop policy if exists note_seen on matters_note;
create policy note_seen on matters_note
  using ((yike_kind() = 'system'
          or (yike_kind() = 'staff' and (level <= yike_level() or org::text = yike_org())))
         and exists (select 1 from matters_matter m where m.id = matters_note.matter_id))
  with check (yike_kind() in ('staff', 'system'));

alter table matters_route enable row level security;
drop policy if exists route_seen on matters_route;
create policy route_seen on matters_route for select using (true);
drop policy if exists route_edited on matters_route;
create policy route_edited on matters_route for all
  using (yike_kind() = 'system'
         or ((yike_has('dispatcher') or yike_has('director'))
             and region_code >= yike_from() and region_code < yike_until()))
  with check (yike_kind() = 'system'
         or ((yike_has('dispatcher') or yike_has('director'))
             and region_code >= yike_from() and region_code < yike_until()));

-- open: matters_alertrule: who is warned when, by level; nothing of a person. actions/alerting.py asks
-- who may write it.
-- open: matters_draft: sealed bodies, found only by the digest of an unguessable key
-- open: matters_visitticket: numbers and times; the matter behind one has its own policy

-- Was this key used before? Locks the key until the transaction ends, so that of two resends at once the
-- second waits and finds the first. The key is a secret of the form: knowing it is the right to ask.
create or replace function matters_opened_before(asked text)
returns table (reference text, told_digest text, phone_index text)
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('matters:' || asked, 0));
  return query select m.reference::text, m.told_digest::text, m.phone_index::text
               from matters_matter m where m.key = asked;
end $$;

-- A demand is never without exactly one holder: proven at commit, whoever wrote it and however.
create or replace function matters_custody_holds() returns trigger
language plpgsql security definer set search_path = public as $$
declare
  which uuid;
  found_state text;
  found_holder uuid;
  holders uuid[];
begin
  if tg_table_name = 'matters_matter' then which := new.id; else which := new.matter_id; end if;
  select state, holder_org into found_state, found_holder from matters_matter where id = which;
  select coalesce(array_agg(org), '{}') into holders
    from matters_step where matter_id = which and ended_at is null;
  if found_state in ('11', '60', '70') then
    if cardinality(holders) <> 0 then
      raise exception 'matter % has ended but is still held', which using errcode = 'check_violation';
    end if;
  elsif cardinality(holders) <> 1 or holders[1] is distinct from found_holder then
    raise exception 'matter % is open and must have exactly one holder', which
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists custody_holds on matters_matter;
create constraint trigger custody_holds after insert or update of state, holder_org on matters_matter
  deferrable initially deferred for each row execute function matters_custody_holds();
drop trigger if exists custody_holds on matters_step;
create constraint trigger custody_holds after insert or update on matters_step
  deferrable initially deferred for each row execute function matters_custody_holds();

-- Neighbours' rows about a matter.
drop policy if exists entry_of_matter on trail_entry;
create policy entry_of_matter on trail_entry for select
  using (case when about = 'matter'
              then exists (select 1 from matters_matter m where m.id = subject::uuid)
              else false end);
-- Looks at its sealed identity and its sensitive papers are part of its history, for staff who see it.
drop policy if exists entry_of_looks on trail_entry;
create policy entry_of_looks on trail_entry for select
  using (case when yike_kind() <> 'staff' then false
              when about = 'party'
              then exists (select 1 from matters_matter m where m.party_id = subject::uuid)
              when about = 'file'
              then exists (select 1 from matters_attachment a where a.file_id = subject::uuid)
              else false end);
drop policy if exists party_of_matter on people_party;
create policy party_of_matter on people_party for select
  using (yike_kind() in ('staff', 'citizen', 'peer')
         and exists (select 1 from matters_matter m where m.party_id = people_party.id));
drop policy if exists clock_of_matter on clocks_clock;
create policy clock_of_matter on clocks_clock
  using (subject_kind = 'matter'
         and exists (select 1 from matters_matter m where m.id = subject_id))
  with check (subject_kind = 'matter');
drop policy if exists file_of_matter on files_file;
create policy file_of_matter on files_file for select
  using (case when about = 'matter'
              then exists (select 1 from matters_matter m where m.id = subject::uuid)
              else false end);

-- Kept in memory by queries, until one of these changes.
select guard_watch('routes', 'matters_route');
