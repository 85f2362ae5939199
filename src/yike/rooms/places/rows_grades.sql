-- A published standard is public; a draft is the staff's. Assessments are seen by the station's own institution,
-- by who keeps the county's register, by its supervisors and by auditors. The institution answers, the county
-- finds and decides, never about its own station: access.py asks the same.
create or replace function places_near_grade(station uuid) returns boolean language sql stable as $$
  select yike_kind() = 'system' or (yike_kind() = 'staff' and exists (
    select 1 from places_station s where s.id = station
      and (s.institution_id::text = yike_org() or yike_has('auditor')
           or (yike_has('supervisor') and yike_from() <> '' and s.region_id collate "C" >= yike_from()
               and s.region_id collate "C" < yike_until())
           or yike_keeps(s.region_id)))) $$;
create or replace function places_own_station(station uuid) returns boolean language sql stable as $$
  select yike_kind() = 'system' or (yike_kind() = 'staff' and exists (
    select 1 from places_station s where s.id = station and s.institution_id::text = yike_org())) $$;
create or replace function places_judges(station uuid) returns boolean language sql stable as $$
  select yike_kind() = 'system' or exists (
    select 1 from places_station s where s.id = station
      and s.institution_id::text <> yike_org() and yike_keeps(s.region_id)) $$;
create or replace function places_graded_station(which uuid) returns uuid language sql stable as $$
  select a.station_id from places_gradeassessment a where a.id = which $$;

alter table places_gradescheme enable row level security;
drop policy if exists gradescheme_seen on places_gradescheme;
create policy gradescheme_seen on places_gradescheme for select
  using (published or yike_kind() in ('staff', 'system'));
drop policy if exists gradescheme_written on places_gradescheme;
create policy gradescheme_written on places_gradescheme
  using (yike_keeps(county_code)) with check (yike_keeps(county_code));
-- What was published never changes; only its last day is written, once.
create or replace function places_gradescheme_stays() returns trigger language plpgsql as $$
begin
  if not old.published or yike_kind() = '' then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' then
    raise exception 'a published grade scheme stays' using errcode = '42501';
  end if;
  if (new.id, new.county_code, new.name, new.version, new.published, new.body, new.appeal_days, new.source,
      new.checked_on, new.active_from, new.demo)
     is distinct from
     (old.id, old.county_code, old.name, old.version, old.published, old.body, old.appeal_days, old.source,
      old.checked_on, old.active_from, old.demo)
     or (old.active_until is not null and new.active_until is distinct from old.active_until) then
    raise exception 'a published grade scheme never changes' using errcode = '42501';
  end if;
  return new;
end $$;
drop trigger if exists gradescheme_stays on places_gradescheme;
create trigger gradescheme_stays before update or delete on places_gradescheme
  for each row execute function places_gradescheme_stays();

alter table places_gradeassessment enable row level security;
drop policy if exists gradeassessment_seen on places_gradeassessment;
create policy gradeassessment_seen on places_gradeassessment for select using (places_near_grade(station_id));
drop policy if exists gradeassessment_added on places_gradeassessment;
create policy gradeassessment_added on places_gradeassessment for insert with check (places_own_station(station_id));
drop policy if exists gradeassessment_moved on places_gradeassessment;
create policy gradeassessment_moved on places_gradeassessment for update
  using (places_own_station(station_id) or places_judges(station_id))
  with check (places_own_station(station_id) or places_judges(station_id));

alter table places_gradeanswer enable row level security;
drop policy if exists gradeanswer_seen on places_gradeanswer;
create policy gradeanswer_seen on places_gradeanswer for select
  using (places_near_grade(places_graded_station(assessment_id)));
drop policy if exists gradeanswer_added on places_gradeanswer;
create policy gradeanswer_added on places_gradeanswer for insert with check (exists (
  select 1 from places_gradeassessment a where a.id = assessment_id
    and places_own_station(a.station_id) and a.state in ('draft', 'returned')));
drop policy if exists gradeanswer_changed on places_gradeanswer;
create policy gradeanswer_changed on places_gradeanswer for update using (exists (
  select 1 from places_gradeassessment a where a.id = assessment_id
    and places_own_station(a.station_id) and a.state in ('draft', 'returned')));

alter table places_gradefinding enable row level security;
drop policy if exists gradefinding_seen on places_gradefinding;
create policy gradefinding_seen on places_gradefinding for select
  using (places_near_grade(places_graded_station(assessment_id)));
drop policy if exists gradefinding_added on places_gradefinding;
create policy gradefinding_added on places_gradefinding for insert with check (exists (
  select 1 from places_gradeassessment a where a.id = assessment_id
    and places_judges(a.station_id) and a.state = 'submitted' and a.round = places_gradefinding.round));
drop policy if exists gradefinding_changed on places_gradefinding;
create policy gradefinding_changed on places_gradefinding for update using (exists (
  select 1 from places_gradeassessment a where a.id = assessment_id
    and places_judges(a.station_id) and a.state = 'submitted' and a.round = places_gradefinding.round));

-- Grades are public, that none was given is not. What was decided stays: nothing is rewritten.
drop policy if exists gradeaward_seen on places_gradeaward;
create policy gradeaward_seen on places_gradeaward for select
  using (kind <> 'refused' or places_near_grade(station_id));
drop policy if exists gradeaward_written on places_gradeaward;
drop policy if exists gradeaward_added on places_gradeaward;
create policy gradeaward_added on places_gradeaward for insert with check (case kind
  when 'imported' then exists (select 1 from places_station s where s.id = station_id and yike_keeps(s.region_id))
  else places_judges(station_id) end);

alter table places_gradeappeal enable row level security;
drop policy if exists gradeappeal_seen on places_gradeappeal;
create policy gradeappeal_seen on places_gradeappeal for select
  using (places_near_grade(places_graded_station(assessment_id)));
drop policy if exists gradeappeal_added on places_gradeappeal;
create policy gradeappeal_added on places_gradeappeal for insert
  with check (places_own_station(places_graded_station(assessment_id)));
drop policy if exists gradeappeal_decided on places_gradeappeal;
create policy gradeappeal_decided on places_gradeappeal for update
  using (outcome = '' and places_judges(places_graded_station(assessment_id)))
  with check (places_judges(places_graded_station(assessment_id)));

-- Photos and papers are seen with the assessment they belong to.
drop policy if exists file_of_grade on files_file;
create policy file_of_grade on files_file for select
  using (about = 'grade' and exists (select 1 from places_gradeassessment a where a.id::text = subject));

drop policy if exists entry_of_grades on trail_entry;
create policy entry_of_grades on trail_entry for select
  using (case about
    when 'grade' then exists (select 1 from places_gradeassessment a where a.id::text = subject)
    when 'grade_scheme' then yike_kind() in ('staff', 'system') else false end);
