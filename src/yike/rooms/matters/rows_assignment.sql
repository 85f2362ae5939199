-- Decisions and other sides: staff who see the matter. Written once; a side may be withdrawn.
alter table matters_assignmentrecord enable row level security;
drop policy if exists of_matter on matters_assignmentrecord;
create policy of_matter on matters_assignmentrecord for select
  using (yike_kind() in ('staff', 'system')
         and exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists record_written on matters_assignmentrecord;
create policy record_written on matters_assignmentrecord for insert
  with check (matters_stands(matter_id, '{office,dispatcher,director}'));
alter table matters_side enable row level security;
drop policy if exists of_matter on matters_side;
create policy of_matter on matters_side for select
  using (yike_kind() in ('staff', 'system')
         and exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists side_written on matters_side;
create policy side_written on matters_side
  using (matters_stands(matter_id, '{office,dispatcher,director}'))
  with check (matters_stands(matter_id, '{office,dispatcher,director}'));

-- Shares and weights: numbers by account, no matter behind them. Staff who take part in dispatching count.
alter table matters_assignmentshare enable row level security;
drop policy if exists share_counted on matters_assignmentshare;
create policy share_counted on matters_assignmentshare
  using (yike_kind() = 'system'
         or (yike_kind() = 'staff' and not yike_has('auditor') and not yike_has('admin_system')
             and not yike_has('admin_security')))
  with check (yike_kind() = 'system'
         or (yike_kind() = 'staff' and (yike_has('dispatcher') or yike_has('director')
             or yike_has('officer') or yike_has('clerk'))));
alter table matters_assignmentweight enable row level security;
drop policy if exists weight_seen on matters_assignmentweight;
create policy weight_seen on matters_assignmentweight for select
  using (yike_kind() in ('staff', 'system'));
drop policy if exists weight_written on matters_assignmentweight;
create policy weight_written on matters_assignmentweight
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('director')))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('director')));
-- A county's rules: numbers, read by anybody; written for the writer's own region.
alter table matters_assignmentpolicy enable row level security;
drop policy if exists policy_seen on matters_assignmentpolicy;
create policy policy_seen on matters_assignmentpolicy for select using (true);
drop policy if exists policy_written on matters_assignmentpolicy;
create policy policy_written on matters_assignmentpolicy for insert
  with check (yike_kind() = 'system'
         or (yike_kind() = 'staff' and (yike_has('dispatcher') or yike_has('director'))
             and county_code >= yike_from() and county_code < yike_until()));

-- How many orders each carries now: a number a person, whoever's sight the orders are in.
create or replace function matters_carried(people uuid[]) returns table (account uuid, orders bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.holder_account, count(*) from matters_matter m
  where yike_kind() in ('staff', 'system') and m.holder_account = any (people)
    and m.state in ('10', '20', '21', '22', '23', '30', '33', '34', '40')
  group by 1 $$;

-- Who of these institutions may be given an order now: accounts, as routing learns which are staffed. Somebody
-- who serves the whole county has no region of their own, so that their grant is in nobody's region.
create or replace function matters_serving(houses uuid[], at timestamptz)
returns table (org uuid, account uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct g.org, g.account_id from people_grant g join people_account a on a.id = g.account_id
  where yike_kind() in ('staff', 'system') and g.org = any (houses) and a.active
    and g.role in ('clerk', 'officer', 'dispatcher', 'practitioner')
    and g.active_from <= at and (g.active_until is null or g.active_until > at) $$;

-- Whom a matter's people tie to an account: who served the other side, who helped somebody accused in the
-- same case, who handled this person's earlier matters. Accounts and one word; no matter, no name leaves it.
create or replace function matters_ties(which uuid) returns table (account uuid, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  with me as (
    select m.id, m.phone_index, m.id_index from matters_matter m
    where m.id = which and yike_kind() in ('staff', 'system')),
  mine as (
    select s.* from matters_side s join me on s.matter_id = me.id where s.withdrawn_at is null),
  told (word, part) as (values ('other_side', 'opponent'), ('co_accused', 'co_accused')),
  near (id, why) as (
    select m.id, t.word from mine s join told t on t.part = s.part
      join matters_matter m on m.phone_index = s.phone_index where s.phone_index <> ''
    union
    select m.id, t.word from mine s join told t on t.part = s.part
      join matters_matter m on m.id_index = s.id_index and m.id_index <> '' where s.id_index <> ''
    union
    select s.matter_id, t.word from me
      join matters_side s on s.phone_index = me.phone_index and s.withdrawn_at is null
      join told t on t.part = s.part where me.phone_index <> '' and s.phone_index <> ''
    union
    select s.matter_id, t.word from me
      join matters_side s on s.id_index = me.id_index and s.withdrawn_at is null
      join told t on t.part = s.part where me.id_index <> '' and s.id_index <> ''
    union
    select s.matter_id, 'co_accused' from mine join matters_side s on s.case_index = mine.case_index
      join matters_matter m on m.id = s.matter_id join me on true
      where mine.case_index <> '' and s.withdrawn_at is null
        and not (m.phone_index <> '' and m.phone_index = me.phone_index)
    union
    select m.id, 'same' from me join matters_matter m on m.phone_index = me.phone_index
      where me.phone_index <> ''
    union
    select m.id, 'same' from me join matters_matter m on m.id_index = me.id_index and m.id_index <> ''
      where me.id_index <> '')
  select distinct p.account, near.why from near join me on near.id <> me.id
    join matters_participant p on p.matter_id = near.id
  where p.account is not null and p.part in ('holder', 'joint') $$;

-- Kept in memory by queries, until one of these changes.
select guard_watch('serving', 'providers_practitioner');
select guard_watch('serving', 'providers_credential');
select guard_watch('serving', 'places_station');
select guard_watch('assigning', 'matters_assignmentpolicy');
