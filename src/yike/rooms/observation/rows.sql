-- Everything is the county's own: other counties see nothing. Keepers of the county set up; window staff and
-- officers of the office that answers for a point ask there. A sheet is read by these alone; whoever holds a code
-- (its digest is the claim) sees that code, and may leave one sheet with it while the period is open.
create or replace function observation_here(county text) returns boolean language sql stable as $$
  select yike_kind() = 'system'
         or (yike_kind() = 'staff' and (yike_from() = '' or left(yike_from(), 6) = left(county, 6))) $$;
create or replace function observation_runs(which uuid) returns boolean language sql stable as $$
  select exists (
    select 1 from observation_point p
    where p.id = which
      and (yike_keeps(p.region_id)
           or (yike_kind() = 'staff' and (yike_has('clerk') or yike_has('officer'))
               and p.institution_id::text = yike_org() and observation_here(p.county_code)))) $$;
create or replace function observation_open(layer uuid) returns boolean language sql stable as $$
  select exists (select 1 from observation_wave w join observation_stratum s on s.wave_id = w.id
                 where s.id = layer and w.state = 'open') $$;

alter table observation_point enable row level security;
drop policy if exists point_seen on observation_point;
create policy point_seen on observation_point for select using (
  observation_here(county_code) or yike_kind() in ('visitor', 'citizen'));
drop policy if exists point_added on observation_point;
create policy point_added on observation_point for insert with check (yike_keeps(county_code));
drop policy if exists point_changed on observation_point;
create policy point_changed on observation_point for update
  using (ended_on is null and yike_keeps(county_code)) with check (yike_keeps(county_code));

-- A draft is the county's; what was published, whoever is asked may read.
alter table observation_questionnaire enable row level security;
drop policy if exists questionnaire_seen on observation_questionnaire;
create policy questionnaire_seen on observation_questionnaire for select using (
  observation_here(county_code) or (yike_kind() in ('visitor', 'citizen') and state <> 'draft'));
drop policy if exists questionnaire_added on observation_questionnaire;
create policy questionnaire_added on observation_questionnaire for insert
  with check (yike_keeps(county_code));
drop policy if exists questionnaire_changed on observation_questionnaire;
create policy questionnaire_changed on observation_questionnaire for update
  using (yike_keeps(county_code)) with check (yike_keeps(county_code));
create or replace function observation_drafts(which uuid) returns boolean language sql stable as $$
  select exists (select 1 from observation_questionnaire q
                 where q.id = which and q.state = 'draft' and yike_keeps(q.county_code)) $$;
alter table observation_question enable row level security;
drop policy if exists question_seen on observation_question;
create policy question_seen on observation_question for select using (
  exists (select 1 from observation_questionnaire q where q.id = questionnaire_id));
drop policy if exists question_added on observation_question;
create policy question_added on observation_question for insert
  with check (observation_drafts(questionnaire_id));
drop policy if exists question_dropped on observation_question;
create policy question_dropped on observation_question for delete
  using (observation_drafts(questionnaire_id));
drop policy if exists question_verified on observation_question;
create policy question_verified on observation_question for update using (
  verified_on is null and exists (select 1 from observation_questionnaire q
    where q.id = questionnaire_id and yike_keeps(q.county_code)))
  with check (exists (select 1 from observation_questionnaire q
    where q.id = questionnaire_id and yike_keeps(q.county_code)));
-- Of a question only that its source was checked may change.
create or replace function observation_question_stays() returns trigger language plpgsql as $$
begin
  if (new.questionnaire_id, new.no, new.kind, new.words, new.dimension, new.weight, new.options::text,
      new."right"::text, new.knowledge, new.source)
     is distinct from (old.questionnaire_id, old.no, old.kind, old.words, old.dimension, old.weight,
      old.options::text, old."right"::text, old.knowledge, old.source) then
    raise exception 'a question never changes';
  end if;
  return new;
end $$;
drop trigger if exists question_stays on observation_question;
create trigger question_stays before update on observation_question
  for each row execute function observation_question_stays();

alter table observation_wave enable row level security;
drop policy if exists wave_seen on observation_wave;
create policy wave_seen on observation_wave for select using (
  observation_here(county_code) or (yike_kind() in ('visitor', 'citizen') and state <> 'draft'));
drop policy if exists wave_added on observation_wave;
create policy wave_added on observation_wave for insert with check (yike_keeps(county_code));
drop policy if exists wave_changed on observation_wave;
create policy wave_changed on observation_wave for update
  using (state <> 'closed' and yike_keeps(county_code)) with check (yike_keeps(county_code));
create or replace function observation_plans(layer uuid) returns boolean language sql stable as $$
  select exists (select 1 from observation_wave w join observation_stratum s on s.wave_id = w.id
                 where s.id = layer and w.state <> 'closed' and yike_keeps(w.county_code)) $$;
alter table observation_stratum enable row level security;
drop policy if exists stratum_seen on observation_stratum;
create policy stratum_seen on observation_stratum for select using (
  exists (select 1 from observation_wave w where w.id = wave_id));
drop policy if exists stratum_added on observation_stratum;
create policy stratum_added on observation_stratum for insert with check (
  exists (select 1 from observation_wave w
          where w.id = wave_id and w.state = 'draft' and yike_keeps(w.county_code)));
alter table observation_quota enable row level security;
drop policy if exists quota_seen on observation_quota;
create policy quota_seen on observation_quota for select using (
  yike_kind() in ('staff', 'system')
  and exists (select 1 from observation_point p where p.id = point_id));
drop policy if exists quota_added on observation_quota;
create policy quota_added on observation_quota for insert
  with check (observation_plans(stratum_id) and observation_runs(point_id));
drop policy if exists quota_changed on observation_quota;
create policy quota_changed on observation_quota for update
  using (observation_plans(stratum_id)) with check (observation_plans(stratum_id));

alter table observation_answercode enable row level security;
drop policy if exists code_seen on observation_answercode;
create policy code_seen on observation_answercode for select using (
  observation_runs(point_id) or (yike_claim_key() <> '' and digest = yike_claim_key()));
drop policy if exists code_made on observation_answercode;
create policy code_made on observation_answercode for insert
  with check (observation_runs(point_id) and observation_open(stratum_id) and used_on is null);
drop policy if exists code_used on observation_answercode;
create policy code_used on observation_answercode for update
  using (used_on is null and spoilt_on is null and observation_open(stratum_id)
         and (observation_runs(point_id) or (yike_claim_key() <> '' and digest = yike_claim_key())))
  with check (observation_open(stratum_id));
alter table observation_answersheet enable row level security;
drop policy if exists sheet_seen on observation_answersheet;
create policy sheet_seen on observation_answersheet for select using (observation_runs(point_id));
-- Nobody changes or removes a sheet; each needs an unused code of the same layer and point.
drop policy if exists sheet_left on observation_answersheet;
create policy sheet_left on observation_answersheet for insert with check (
  observation_open(stratum_id)
  and exists (select 1 from observation_answercode c
              where c.used_on is null and c.spoilt_on is null
                and c.point_id = observation_answersheet.point_id
                and c.stratum_id = observation_answersheet.stratum_id
                and c.way = observation_answersheet.way));
alter table observation_indexfigure enable row level security;
drop policy if exists figure_seen on observation_indexfigure;
create policy figure_seen on observation_indexfigure for select using (
  yike_kind() in ('staff', 'system')
  and exists (select 1 from observation_wave w where w.id = wave_id));
drop policy if exists figure_frozen on observation_indexfigure;
create policy figure_frozen on observation_indexfigure for insert with check (
  exists (select 1 from observation_wave w
          where w.id = wave_id and w.state = 'open' and yike_keeps(w.county_code)));

drop policy if exists entry_of_observation on trail_entry;
create policy entry_of_observation on trail_entry for select
  using (about in ('observation_point', 'questionnaire', 'observation_wave')
         and yike_kind() = 'staff' and observation_here(region_code));
