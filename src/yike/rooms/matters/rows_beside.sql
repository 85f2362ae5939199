-- What stands beside a matter: staff who see the matter see it; it is written by whom the flow lets do it. The house
-- alone presses, and notes whom it told; calls and ties stay as they were written down.
alter table matters_escalation enable row level security;
drop policy if exists of_matter on matters_escalation;
create policy of_matter on matters_escalation for select using (
  yike_kind() in ('staff', 'system') and exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists added on matters_escalation;
create policy added on matters_escalation for insert with check (yike_kind() = 'system');
drop policy if exists changed on matters_escalation;
create policy changed on matters_escalation for update using (yike_kind() = 'system');

alter table matters_call enable row level security;
drop policy if exists of_matter on matters_call;
create policy of_matter on matters_call for select using (
  yike_kind() in ('staff', 'system') and exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists added on matters_call;
create policy added on matters_call for insert
  with check (matters_stands(matter_id, '{office,front,dispatcher}'));

-- A tie is seen by whoever sees both ends: of a private matter nobody else learns that it exists.
alter table matters_link enable row level security;
drop policy if exists of_both on matters_link;
create policy of_both on matters_link for select using (
  yike_kind() in ('staff', 'system')
  and exists (select 1 from matters_matter m where m.id = matter_id)
  and exists (select 1 from matters_matter m where m.id = other_id));
drop policy if exists added on matters_link;
create policy added on matters_link for insert with check (
  matters_stands(matter_id, '{office,front,dispatcher,director}')
  or matters_stands(other_id, '{office,front,dispatcher,director}'));

-- Points are corrected until they are answered, while the matter has not been answered as a whole.
drop policy if exists taken on matters_point;
create policy taken on matters_point for delete using (
  answered_at is null and (
    (matters_stands(matter_id, '{office,front}')
      and exists (select 1 from matters_matter m where m.id = matter_id and m.state in ('10', '20', '21', '30')))
    or (matters_stands(matter_id, '{dispatcher}') and matters_is_in(matter_id, '10'))));

-- Who is told of broken promises is open to all who work here; the house, dispatchers and directors set it.
alter table matters_ladderrule enable row level security;
drop policy if exists ladder_seen on matters_ladderrule;
create policy ladder_seen on matters_ladderrule for select using (yike_kind() in ('staff', 'system'));
drop policy if exists ladder_set on matters_ladderrule;
create policy ladder_set on matters_ladderrule for insert
  with check (yike_kind() = 'system' or yike_has('dispatcher') or yike_has('director'));
