-- After rows.sql, which a later migration may run again: then this file too.

-- Who holds an order sees its parts and what was merged into it, by whose hands ever they came.
create or replace function matters_leads(which uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from matters_matter m
    where m.id = which and yike_kind() = 'staff' and m.holder_org::text = yike_org()
      and (not yike_has('practitioner') or m.holder_account is null or m.holder_account::text = yike_ref())) $$;
drop policy if exists matter_led on matters_matter;
create policy matter_led on matters_matter for select using (
  case when parent_id is not null then matters_leads(parent_id)
       when merged_into_id is not null then matters_leads(merged_into_id) else false end);
drop policy if exists matter_led_moved on matters_matter;
create policy matter_led_moved on matters_matter for update using (
  case when parent_id is not null then matters_leads(parent_id) else false end) with check (true);

-- What else the actor is to a matter (access.standing_of in Python): above it, watching it, offered it, leading it.
create or replace function matters_is_also(holder uuid, region text, offered uuid, parent uuid, main uuid,
                                           who text[]) returns boolean
language plpgsql stable as $$
declare inside boolean := yike_from() <> '' and region collate "C" >= yike_from() and region collate "C" < yike_until();
begin
  if yike_kind() <> 'staff' then return false; end if;
  return ('upper' = any(who) and inside and (yike_has('officer') or yike_has('dispatcher')) and exists (
          select 1 from providers_institution i where i.id = holder and i.region_id collate "C" > yike_from()
            and i.region_id collate "C" < yike_until()))
    or ('supervisor' = any(who) and inside and yike_has('supervisor'))
    or ('receiver' = any(who) and offered is not null and offered::text = yike_org())
    or ('parent' = any(who) and parent is not null and matters_leads(parent))
    or ('lead' = any(who) and main is not null and matters_leads(main));
end $$;
create or replace function matters_is_in(which uuid, wanted text) returns boolean language sql stable as
  $$ select exists (select 1 from matters_matter m where m.id = which and m.state = wanted) $$;
create or replace function matters_stands(which uuid, who text[]) returns boolean
language plpgsql stable as $$
declare m record;
begin
  select holder_org, holder_account, region_code, offered_org, parent_id, merged_into_id into m
  from matters_matter where id = which;
  return found and (matters_is_one(m.holder_org, m.holder_account, m.region_code, who)
                    or matters_is_also(m.holder_org, m.region_code, m.offered_org, m.parent_id, m.merged_into_id, who));
end $$;
create or replace function matters_matter_keeps() returns trigger language plpgsql as $$
begin
  if yike_kind() = '' then return new; end if;
  if (new.id, new.reference, new.key, new.told_digest, new.door, new.channel, new.text, new.region_code,
      new.phone_index, new.id_index, new.peer_id, new.peer_ref, new.first_org, new.first_account,
      new.opened_at, new.demo, new.follows_id, new.parent_id, coalesce(old.party_id, new.party_id))
     is distinct from
     (old.id, old.reference, old.key, old.told_digest, old.door, old.channel, old.text, old.region_code,
      old.phone_index, old.id_index, old.peer_id, old.peer_ref, old.first_org, old.first_account,
      old.opened_at, old.demo, old.follows_id, old.parent_id, new.party_id)
  then
    raise exception 'matter %: what was told is not changed', old.id using errcode = 'insufficient_privilege';
  end if;
  if yike_kind() = 'staff'
     and not matters_is_one(old.holder_org, old.holder_account, old.region_code,
                            '{office,dispatcher,director,front}')
     and not matters_is_also(old.holder_org, old.region_code, old.offered_org, old.parent_id, old.merged_into_id,
                             '{upper,supervisor,receiver,parent}')
     and to_jsonb(new) - 'version' is distinct from to_jsonb(old) - 'version'
  then
    raise exception 'matter %: only its office moves it', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- Rows of the matter that more hands write now than rows.sql names, and those of its way. Staff who see the matter
-- see its way; citizens hear what they are told. Nobody takes anything away but points before it is accepted.
drop policy if exists part_written on matters_participant;
create policy part_written on matters_participant for insert with check (
  matters_fresh(matter_id)
  or matters_stands(matter_id, '{office,dispatcher,front,director,upper,supervisor,receiver,parent}'));
drop policy if exists note_written on matters_note;
create policy note_written on matters_note for insert
  with check (matters_stands(matter_id, '{office,dispatcher,director,front,joint,supervisor,parent}'));
do $$
declare
  t text;
  way boolean;
  adds text;
  changes text;
begin
  foreach t in array array['step', 'point', 'reply', 'return', 'joint', 'extension', 'suspension', 'replydraft',
                           'redo', 'supervision', 'typechange']
  loop
    way := t not in ('step', 'point', 'reply');
    adds := case t
      when 'step' then '(seq = 1 and matters_fresh(matter_id)) or matters_stands(matter_id,
        ''{office,dispatcher,director,upper,supervisor,receiver}'')'
      when 'point' then 'matters_fresh(matter_id) or matters_stands(matter_id, ''{office,front}'')
        or (matters_stands(matter_id, ''{dispatcher}'') and matters_is_in(matter_id, ''10''))'
      when 'reply' then 'matters_fresh(matter_id) or matters_stands(matter_id, ''{office,dispatcher,lead}'')
        or (matters_stands(matter_id, ''{director}'') and matters_is_in(matter_id, ''40''))'
      when 'redo' then 'matters_stands(matter_id, ''{party,dispatcher,director,supervisor}'')'
      when 'supervision' then 'matters_stands(matter_id, ''{dispatcher,director,supervisor}'')'
      when 'suspension' then 'matters_stands(matter_id, ''{office,dispatcher,director}'')'
      when 'joint' then 'matters_stands(matter_id, ''{office,dispatcher}'')'
      when 'typechange' then 'matters_stands(matter_id, ''{office,dispatcher}'')'
      else 'matters_stands(matter_id, ''{office}'')' end;
    changes := case t
      when 'step' then 'matters_stands(matter_id,
        ''{party,office,peer,front,dispatcher,director,upper,supervisor,receiver,parent}'')'
      when 'point' then 'matters_stands(matter_id, ''{office}'')'
      when 'return' then 'matters_stands(matter_id, ''{office,dispatcher,director,upper}'')'
      when 'joint' then 'org::text = yike_org() or matters_stands(matter_id, ''{office}'')'
      when 'extension' then 'matters_stands(matter_id, ''{dispatcher,director}'')'
      when 'suspension' then 'matters_stands(matter_id, ''{office,dispatcher,director}'')'
      when 'replydraft' then 'matters_stands(matter_id, ''{dispatcher,director}'')'
      when 'supervision' then 'matters_stands(matter_id, ''{office}'')' end;
    execute format('alter table matters_%s enable row level security', t);
    if way then
      execute format('drop policy if exists of_matter on matters_%s', t);
      execute format('create policy of_matter on matters_%1$s for select using (yike_kind() in (''staff'', ''system'')
        and exists (select 1 from matters_matter m where m.id = matters_%1$s.matter_id))', t);
    end if;
    execute format('drop policy if exists added on matters_%s', t);
    execute format('create policy added on matters_%s for insert with check (%s)', t, adds);
    execute format('drop policy if exists changed on matters_%s', t);
    if changes is not null then
      execute format('create policy changed on matters_%s for update using (%s)', t, changes);
    end if;
  end loop;
end $$;

-- A county's rules for its flow are no secret; its dispatchers and directors set them (actions/policy.py).
alter table matters_flowpolicy enable row level security;
drop policy if exists flowpolicy_seen on matters_flowpolicy;
create policy flowpolicy_seen on matters_flowpolicy for select using (true);
drop policy if exists flowpolicy_set on matters_flowpolicy;
create policy flowpolicy_set on matters_flowpolicy for insert
  with check (yike_keeps_county() and yike_keeps(county_code));
-- A suggestion names a region, a kind and an office; who may set a line there may see and decide it.
alter table matters_routesuggestion enable row level security;
drop policy if exists suggestion_seen on matters_routesuggestion;
create policy suggestion_seen on matters_routesuggestion
  using (yike_keeps(region_code)) with check (yike_keeps(region_code));

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

-- What whoever was merged into another demand may know of that one: how far it is, who has it, by when.
-- No words, no names: of another person's matter nothing else leaves it.
create or replace function matters_main_progress(which uuid)
returns table (state text, holder_org uuid, due_at timestamptz, result text, same_person boolean, main uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.state::text, m.holder_org, m.due_at, m.result::text,
         m.phone_index <> '' and m.phone_index = d.phone_index, m.id
  from matters_matter d join matters_matter m on m.id = d.merged_into_id
  where d.id = which and yike_kind() = 'citizen' and yike_claim_key() <> ''
    and d.reference = yike_claim_ref() and d.phone_index = yike_claim_key() $$;
create or replace function matters_main_heard(which uuid)
returns table (at timestamptz, kind text, actor_kind text, actor_label text, body text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.at, e.kind::text, e.actor_kind::text, e.actor_label::text, e.body::text
  from matters_matter d join matters_matter m on m.id = d.merged_into_id
  join trail_entry e on e.about = 'matter' and e.subject = m.id::text and e.at >= d.closed_at
  where d.id = which and yike_kind() = 'citizen' and yike_claim_key() <> ''
    and d.reference = yike_claim_ref() and d.phone_index = yike_claim_key()
  order by e.id $$;

-- Kept in memory by queries, until one of these changes.
select guard_watch('flow', 'matters_flowpolicy');
