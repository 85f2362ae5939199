-- Who sees which matter. A matter is seen by the office that holds it, by whoever held, opened or helped
-- (participants), by those who answer for its region up to their secrecy level, by the citizen who proves
-- reference and phone, and by the platform that brought it. A practitioner sees what is theirs alone, and what
-- their house is asked to help with or to take.
-- Everything about a matter is seen exactly when the matter is.

create sequence if not exists matters_order_no;

alter table matters_participant enable row level security;
drop policy if exists part_seen on matters_participant;
create policy part_seen on matters_participant for select
  using (yike_kind() = 'system'
         or (yike_kind() = 'staff'
             and (org::text = yike_org() or account::text = yike_ref())));
-- Anybody may bring a demand: writing needs no sight, so that a visitor opens in one go.
-- Who sees one stands in rows_seen.sql.
-- To change a row is to see it; a row may then leave one's sight only as far as SELECT allows.
alter table matters_matter enable row level security;
drop policy if exists matter_opened on matters_matter;
create policy matter_opened on matters_matter for insert with check (yike_kind() <> '');
-- A matter being born has no step yet: whoever brings it writes its first rows, and cannot see it perhaps (a
-- visitor; a clerk who takes down a private demand). Its first step ends that.
create or replace function matters_fresh(which uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as
  $$ begin return not exists (select 1 from matters_step s where s.matter_id = which); end $$;
-- What the actor is to a matter, as access.standing_of says it in Python: one of these words?
create or replace function matters_is_one(holder uuid, person uuid, region text, who text[]) returns boolean
language plpgsql stable as $$
begin
  case yike_kind()
    when 'system' then return true;
    when 'citizen' then return 'party' = any(who);
    when 'peer' then return 'peer' = any(who);
    when 'staff' then
      return ('office' = any(who) and holder::text = yike_org()
              and (yike_has('clerk') or yike_has('officer') or yike_has('dispatcher')
                   or (yike_has('practitioner') and (person is null or person::text = yike_ref()))))
        or ('dispatcher' = any(who) and yike_has('dispatcher') and yike_from() <> ''
            and region collate "C" >= yike_from() and region collate "C" < yike_until())
        or ('director' = any(who) and yike_has('director') and yike_from() <> ''
            and region collate "C" >= yike_from() and region collate "C" < yike_until())
        or ('front' = any(who) and (yike_has('clerk') or yike_has('agent')))
        or ('joint' = any(who) and (yike_has('clerk') or yike_has('officer') or yike_has('dispatcher')
            or yike_has('practitioner') or yike_has('agent') or yike_has('director')));
    else return false;
  end case;
end $$;
-- The same of a matter in sight; of one out of sight nobody is anything.
create or replace function matters_stands(which uuid, who text[]) returns boolean
language plpgsql stable as $$
declare found_row record;
begin
  select holder_org, holder_account, region_code into found_row from matters_matter where id = which;
  return found and matters_is_one(found_row.holder_org, found_row.holder_account, found_row.region_code, who);
end $$;

-- To be written down as a participant is to see the matter: by who moves it, opens it or takes it on.
drop policy if exists part_written on matters_participant;
create policy part_written on matters_participant for insert with check (
  matters_fresh(matter_id) or matters_stands(matter_id, '{office,dispatcher,front}'));
drop function if exists matters_opened_by(uuid, text);

-- What was told stays as it was told, and who only looks on or helps changes nothing but the version (an opinion
-- counts as a deed). The tables' owner is nobody of the house: it may repair.
create or replace function matters_matter_keeps() returns trigger language plpgsql as $$
begin
  if yike_kind() = '' then return new; end if;
  if (new.id, new.reference, new.key, new.told_digest, new.door, new.channel, new.text, new.region_code,
      new.phone_index, new.id_index, new.peer_id, new.peer_ref, new.first_org, new.first_account,
      new.opened_at, new.demo, new.follows_id, coalesce(old.party_id, new.party_id))
     is distinct from
     (old.id, old.reference, old.key, old.told_digest, old.door, old.channel, old.text, old.region_code,
      old.phone_index, old.id_index, old.peer_id, old.peer_ref, old.first_org, old.first_account,
      old.opened_at, old.demo, old.follows_id, new.party_id)
  then
    raise exception 'matter %: what was told is not changed', old.id using errcode = 'insufficient_privilege';
  end if;
  if yike_kind() = 'staff'
     and not matters_is_one(old.holder_org, old.holder_account, old.region_code,
                            '{office,dispatcher,director,front}')
     and to_jsonb(new) - 'version' is distinct from to_jsonb(old) - 'version'
  then
    raise exception 'matter %: only its office moves it', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger if exists matter_keeps on matters_matter;
create trigger matter_keeps before update on matters_matter
  for each row execute function matters_matter_keeps();

-- A step is signed and ended, never rewritten; an ended one is history.
create or replace function matters_step_keeps() returns trigger language plpgsql as $$
begin
  if yike_kind() <> '' and (old.ended_at is not null
     or (new.id, new.matter_id, new.seq, new.org, new.how, new.reason, new.by_account, new.sent_at)
        is distinct from
        (old.id, old.matter_id, old.seq, old.org, old.how, old.reason, old.by_account, old.sent_at))
  then
    raise exception 'step %: history is not rewritten', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger if exists step_keeps on matters_step;
create trigger step_keeps before update on matters_step for each row execute function matters_step_keeps();

-- Everything about a matter is seen with it. It is written by whom the flow lets do it (flow.py), changed where a
-- row says so, and taken away by nobody.
do $$
declare
  t text;
  adds text;
  changes text;
begin
  foreach t in array array['step', 'point', 'message', 'supplement', 'attachment', 'reply', 'feedback']
  loop
    adds := case t
      when 'step' then '(seq = 1 and matters_fresh(matter_id))
                        or matters_stands(matter_id, ''{office,dispatcher}'')'
      when 'point' then 'matters_fresh(matter_id) or matters_stands(matter_id, ''{office,front}'')'
      when 'message' then 'matters_stands(matter_id, ''{party,office,peer,front}'')'
      when 'supplement' then 'matters_stands(matter_id, ''{office}'')'
      when 'attachment' then 'matters_fresh(matter_id)
                              or matters_stands(matter_id, ''{party,office,peer,front}'')'
      when 'reply' then 'matters_fresh(matter_id) or matters_stands(matter_id, ''{office,dispatcher}'')'
      when 'feedback' then 'matters_stands(matter_id, ''{party}'')' end;
    changes := case t
      when 'step' then 'matters_stands(matter_id, ''{party,office,peer,front,dispatcher}'')'
      when 'point' then 'matters_stands(matter_id, ''{office}'')'
      when 'supplement' then 'matters_stands(matter_id, ''{party,office,front}'')' end;
    execute format('alter table matters_%s enable row level security', t);
    execute format('drop policy if exists of_matter on matters_%s', t);
    execute format('create policy of_matter on matters_%1$s for select using (exists (
      select 1 from matters_matter m where m.id = matters_%1$s.matter_id))', t);
    execute format('drop policy if exists added on matters_%s', t);
    execute format('create policy added on matters_%s for insert with check (%s)', t, adds);
    execute format('drop policy if exists changed on matters_%s', t);
    if changes is not null then
      execute format('create policy changed on matters_%s for update using (%s)', t, changes);
    end if;
  end loop;
end $$;

-- Opinions are internal: never a citizen's or a peer's; of their level, or of the writer's own office. Whoever sees
-- the matter may write one; none is changed.
alter table matters_note enable row level security;
drop policy if exists note_seen on matters_note;
create policy note_seen on matters_note for select
  using ((yike_kind() = 'system'
          or (yike_kind() = 'staff' and (level <= yike_level() or org::text = yike_org())))
         and exists (select 1 from matters_matter m where m.id = matters_note.matter_id));
drop policy if exists note_written on matters_note;
create policy note_written on matters_note for insert
  with check (matters_stands(matter_id, '{office,dispatcher,director,front,joint}'));

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

-- Words that wait to be sealed are the house's alone. (The table comes with a later migration than this file's first.)
do $$
begin
  if to_regclass('matters_unsealed') is not null then
    alter table matters_unsealed enable row level security;
    drop policy if exists unsealed_of_house on matters_unsealed;
    create policy unsealed_of_house on matters_unsealed using (yike_kind() = 'system');
  end if;
end $$;

-- Who is warned when is no secret; the county's dispatchers and directors say it (actions/alerting.py).
alter table matters_alertrule enable row level security;
drop policy if exists alertrule_seen on matters_alertrule;
create policy alertrule_seen on matters_alertrule for select using (true);
drop policy if exists alertrule_written on matters_alertrule;
create policy alertrule_written on matters_alertrule
  using (yike_keeps_county()) with check (yike_keeps_county());
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
  if found_state in ('11', '60', '61', '70', '71') then
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
-- The level of a paper moves with its matter's, by whoever may move that (flow.py: set_level).
drop policy if exists file_level_of_matter on files_file;
create policy file_level_of_matter on files_file for update
  using (case when about = 'matter'
              then matters_stands(subject::uuid, '{office,dispatcher,director}') else false end);

-- Kept in memory by queries, until one of these changes.
select guard_watch('routes', 'matters_route');
