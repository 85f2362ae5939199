-- Who sees what of quality. Supervisors and directors see their region up to their secrecy level; owners
-- see what they owe; citizens see what is theirs. The rated side sees its ratings, but of those whose
-- citizen asked not to be named only by quality_shown_to_rated(), which leaves out whose they are.

create or replace function quality_watches(region text, secret integer) returns boolean
language sql stable as
  $$ select yike_kind() = 'system'
     or (yike_kind() = 'staff' and (yike_has('supervisor') or yike_has('director'))
         and yike_from() <> '' and region >= yike_from() and region < yike_until()
         and secret <= yike_level()) $$;
create or replace function quality_owns(org uuid, account uuid) returns boolean
language sql stable as
  $$ select yike_kind() = 'staff' and (account::text = yike_ref() or org::text = yike_org()) $$;

-- An invitation is seen with its matter; its token is not in the table.
alter table quality_invitation enable row level security;
drop policy if exists of_matter on quality_invitation;
create policy of_matter on quality_invitation
  using (exists (select 1 from matters_matter m where m.id = matter_id))
  with check (yike_kind() <> '');
-- Who holds a token may ask what it is for: knowing it is the right to rate.
create or replace function quality_invitation_of(asked text)
returns table (reference text, phone_index text, expires_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as
  $$ select m.reference::text, m.phone_index::text, i.expires_at, i.used_at
     from quality_invitation i join matters_matter m on m.id = i.matter_id
     where asked <> '' and i.digest = asked $$;

alter table quality_rating enable row level security;
drop policy if exists rating_seen on quality_rating;
create policy rating_seen on quality_rating for select using (
  quality_watches(region_code, secrecy)
  or (yike_kind() = 'citizen' and exists (select 1 from matters_matter m where m.id = matter_id))
  or (yike_kind() = 'staff' and not anonymous
      and (account::text = yike_ref()
           or (org::text = yike_org() and not yike_has('practitioner'))))
  or (yike_kind() = 'staff' and given_by::text = yike_ref()));
drop policy if exists rating_given on quality_rating;
create policy rating_given on quality_rating for insert with check (
  yike_kind() in ('system', 'citizen', 'staff')
  and exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists rating_changed on quality_rating;
create policy rating_changed on quality_rating for update using (
  quality_watches(region_code, secrecy)
  or (yike_kind() = 'citizen' and exists (select 1 from matters_matter m where m.id = matter_id)));

-- The rated side's own ratings, also those whose matter it may not be told; the caller's own only.
create or replace function quality_shown_to_rated(since timestamptz)
returns table (id uuid, matter_id uuid, level smallint, reasons varchar[], words text,
               rated_at timestamptz, again_level smallint, standing varchar, org uuid, account uuid,
               anonymous boolean)
language sql stable security definer set search_path = public, pg_temp as
  $$ select r.id, case when r.anonymous then null else r.matter_id end, r.level, r.reasons::varchar[], r.words,
            case when r.anonymous then date_trunc('month', r.rated_at, 'Asia/Shanghai') else r.rated_at end,
            r.again_level, r.standing, r.org, r.account, r.anonymous
     from quality_rating r
     where yike_kind() = 'staff' and r.rated_at >= since
       and (r.account::text = yike_ref()
            or (r.org::text = yike_org() and not yike_has('practitioner'))) $$;

alter table quality_ratingreply enable row level security;
drop policy if exists reply_seen on quality_ratingreply;
create policy reply_seen on quality_ratingreply for select using (
  account::text = yike_ref() or (org::text = yike_org() and yike_kind() = 'staff')
  or exists (select 1 from quality_rating r where r.id = rating_id));
drop policy if exists reply_said on quality_ratingreply;
create policy reply_said on quality_ratingreply for insert with check (
  yike_kind() = 'system' or (yike_kind() = 'staff'
    and exists (select 1 from quality_shown_to_rated('-infinity') s where s.id = rating_id)));

alter table quality_callback enable row level security;
drop policy if exists callback_seen on quality_callback;
create policy callback_seen on quality_callback
  using (quality_watches(region_code, secrecy) or quality_owns(owner_org, owner_account))
  with check (yike_kind() in ('system', 'staff'));
alter table quality_attempt enable row level security;
drop policy if exists attempt_of_callback on quality_attempt;
create policy attempt_of_callback on quality_attempt
  using (exists (select 1 from quality_callback c where c.id = callback_id))
  with check (yike_kind() in ('system', 'staff'));
-- Whoever calls back reads the rating they call about.
drop policy if exists rating_of_callback on quality_rating;
create policy rating_of_callback on quality_rating for select using (
  yike_kind() = 'staff' and exists (select 1 from quality_callback c
    where c.rating_id = quality_rating.id and c.owner_account::text = yike_ref()));

alter table quality_rectification enable row level security;
drop policy if exists rectification_seen on quality_rectification;
create policy rectification_seen on quality_rectification
  using (quality_watches(region_code, secrecy) or quality_owns(owner_org, owner_account))
  with check (yike_kind() in ('system', 'staff'));
alter table quality_alert enable row level security;
drop policy if exists alert_seen on quality_alert;
create policy alert_seen on quality_alert
  using (quality_watches(region_code, secrecy) or quality_owns(owner_org, owner_account))
  with check (yike_kind() in ('system', 'staff'));

-- A complaint is never shown to those it is about, unless it was given to their leader's office.
alter table quality_complaint enable row level security;
drop policy if exists complaint_seen on quality_complaint;
create policy complaint_seen on quality_complaint
  using (quality_watches(region_code, secrecy)
         or (quality_owns(owner_org, owner_account)
             and not coalesce(about_org = owner_org, false)
             and not about_accounts::text[] @> array[yike_ref()])
         or (yike_kind() = 'citizen' and yike_claim_key() <> ''
             and reference = yike_claim_ref() and phone_index = yike_claim_key()))
  with check (yike_kind() <> '');
-- A resend finds what the same key made before; the key is a secret of the form.
create or replace function quality_complained_before(asked text)
returns table (reference text, phone_index text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('quality:' || asked, 0));
  return query select c.reference::text, c.phone_index::text from quality_complaint c where c.key = asked;
end $$;
drop policy if exists party_of_complaint on people_party;
create policy party_of_complaint on people_party for select
  using (yike_kind() in ('staff', 'citizen')
         and exists (select 1 from quality_complaint c where c.party_id = people_party.id));

alter table quality_dailycheck enable row level security;
drop policy if exists daily_seen on quality_dailycheck;
create policy daily_seen on quality_dailycheck
  using (quality_watches(region_code, 0)
         or (yike_kind() = 'staff' and (org::text = yike_org() or keeper::text = yike_ref()
                                        or deputy::text = yike_ref())))
  with check (yike_kind() in ('system', 'staff'));
alter table quality_reward enable row level security;
drop policy if exists reward_seen on quality_reward;
create policy reward_seen on quality_reward for select
  using (quality_watches(region_code, 0)
         or (yike_kind() = 'staff' and (account::text = yike_ref()
             or (institution_id::text = yike_org() and not yike_has('practitioner')))));
drop policy if exists reward_given on quality_reward;
create policy reward_given on quality_reward for insert with check (quality_watches(region_code, 0));
drop policy if exists reward_changed on quality_reward;
create policy reward_changed on quality_reward for update using (quality_watches(region_code, 0));

-- open: quality_policy: parameters; nothing of a person. actions/policies.py asks who may write it.

-- Neighbours' rows about what is ours.
drop policy if exists entry_of_quality on trail_entry;
create policy entry_of_quality on trail_entry for select
  using (case about
    when 'callback' then exists (select 1 from quality_callback c where c.id = subject::uuid)
    when 'rectification' then exists (select 1 from quality_rectification c where c.id = subject::uuid)
    when 'alert' then exists (select 1 from quality_alert c where c.id = subject::uuid)
    when 'complaint' then exists (select 1 from quality_complaint c where c.id = subject::uuid)
    when 'rating' then exists (select 1 from quality_rating r where r.id = subject::uuid
                               and quality_watches(r.region_code, r.secrecy))
    when 'dailycheck' then exists (select 1 from quality_dailycheck d where d.id = subject::uuid)
    when 'reward' then exists (select 1 from quality_reward w where w.id = subject::uuid)
    else false end);
drop policy if exists clock_of_quality on clocks_clock;
create policy clock_of_quality on clocks_clock
  using (case subject_kind
    when 'callback' then exists (select 1 from quality_callback c where c.id = subject_id)
    when 'rectification' then exists (select 1 from quality_rectification c where c.id = subject_id)
    when 'alert' then exists (select 1 from quality_alert c where c.id = subject_id)
    when 'complaint' then exists (select 1 from quality_complaint c where c.id = subject_id)
    else false end)
  with check (subject_kind in ('callback', 'rectification', 'alert', 'complaint'));
drop policy if exists file_of_quality on files_file;
create policy file_of_quality on files_file for select
  using (case about
    when 'rectification' then exists (select 1 from quality_rectification c where c.id = subject::uuid)
    when 'complaint' then exists (select 1 from quality_complaint c where c.id = subject::uuid)
    else false end);
