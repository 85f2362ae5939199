-- Posts, what they need and published shifts are public. Drafts, leave and wishes are for whoever plans the
-- county's duty (dispatcher, director) and for the person they are about.
create or replace function duty_plans(region text) returns boolean language sql stable as
  $$ select yike_kind() = 'system'
            or (yike_kind() = 'staff' and (yike_has('dispatcher') or yike_has('director'))
                and region >= yike_from() and region < yike_until()) $$;

alter table duty_post enable row level security;
drop policy if exists post_seen on duty_post;
create policy post_seen on duty_post for select using (true);
drop policy if exists post_written on duty_post;
create policy post_written on duty_post using (duty_plans(region_code)) with check (duty_plans(region_code));

alter table duty_demand enable row level security;
drop policy if exists demand_seen on duty_demand;
create policy demand_seen on duty_demand for select using (true);
drop policy if exists demand_written on duty_demand;
create policy demand_written on duty_demand
  using (exists (select 1 from duty_post p where p.id = post_id and duty_plans(p.region_code)))
  with check (exists (select 1 from duty_post p where p.id = post_id and duty_plans(p.region_code)));

alter table duty_ferryday enable row level security;
drop policy if exists ferryday_seen on duty_ferryday;
create policy ferryday_seen on duty_ferryday for select using (true);
drop policy if exists ferryday_written on duty_ferryday;
create policy ferryday_written on duty_ferryday using (duty_plans(county_code)) with check (duty_plans(county_code));

alter table duty_dutylimit enable row level security;
drop policy if exists dutylimit_seen on duty_dutylimit;
create policy dutylimit_seen on duty_dutylimit for select using (yike_kind() in ('staff', 'system'));
drop policy if exists dutylimit_written on duty_dutylimit;
create policy dutylimit_written on duty_dutylimit using (duty_plans(county_code)) with check (duty_plans(county_code));

do $$
declare t text;
begin
  foreach t in array array['leave', 'wish'] loop
    execute format('alter table duty_%s enable row level security', t);
    execute format('drop policy if exists %1$s_own on duty_%1$s', t);
    execute format('create policy %1$s_own on duty_%1$s
      using (duty_plans(county_code) or (yike_kind() = ''staff'' and account_id::text = yike_ref()))
      with check (duty_plans(county_code) or (yike_kind() = ''staff'' and account_id::text = yike_ref()))', t);
  end loop;
end $$;

alter table duty_roster enable row level security;
drop policy if exists roster_seen on duty_roster;
create policy roster_seen on duty_roster for select using (state = 'published' or duty_plans(county_code));
drop policy if exists roster_written on duty_roster;
create policy roster_written on duty_roster using (duty_plans(county_code)) with check (duty_plans(county_code));

-- Was this account asked to stand in for this shift, and is it still open? Asked past row security, since the
-- tables of a call ask for shifts in turn.
create or replace function duty_asked_for(which uuid, who text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select who <> '' and exists (
       select 1 from duty_callask a join duty_callout c on c.id = a.call_id
       where c.shift_id = which and a.account_id::text = who and a.asked_at is not null) $$;
create or replace function duty_stands(which uuid, who text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select who <> '' and exists (select 1 from duty_shift s where s.id = which and s.account_id::text = who) $$;
create or replace function duty_was_asked(which uuid, who text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select who <> '' and exists (
       select 1 from duty_callask a where a.call_id = which and a.account_id::text = who and a.asked_at is not null) $$;

alter table duty_shift enable row level security;
drop policy if exists shift_seen on duty_shift;
create policy shift_seen on duty_shift for select using (public or duty_plans(county_code));
-- One's own shift is reported absent by oneself; who was asked to stand in takes it.
drop policy if exists shift_moved on duty_shift;
create policy shift_moved on duty_shift for update
  using (duty_plans(county_code)
         or (yike_kind() = 'staff' and public
             and (account_id::text = yike_ref() or duty_asked_for(id, yike_ref()))))
  with check (duty_plans(county_code) or (yike_kind() = 'staff' and public));
drop policy if exists shift_made on duty_shift;
create policy shift_made on duty_shift for insert with check (
  duty_plans(county_code) or (yike_kind() = 'staff' and public and account_id::text = yike_ref()));
drop policy if exists shift_dropped on duty_shift;
create policy shift_dropped on duty_shift for delete using (duty_plans(county_code) and not public);

alter table duty_shiftchange enable row level security;
drop policy if exists shiftchange_own on duty_shiftchange;
create policy shiftchange_own on duty_shiftchange
  using (duty_plans(county_code)
         or (yike_kind() = 'staff' and (by_account::text = yike_ref() or to_account::text = yike_ref())))
  with check (duty_plans(county_code)
         or (yike_kind() = 'staff' and (by_account::text = yike_ref() or to_account::text = yike_ref())));

alter table duty_callout enable row level security;
drop policy if exists callout_own on duty_callout;
create policy callout_own on duty_callout
  using (duty_plans(county_code)
         or (yike_kind() = 'staff' and (duty_was_asked(id, yike_ref()) or duty_stands(shift_id, yike_ref()))))
  with check (duty_plans(county_code)
         or (yike_kind() = 'staff' and (duty_was_asked(id, yike_ref()) or duty_stands(shift_id, yike_ref()))));
alter table duty_callask enable row level security;
drop policy if exists callask_own on duty_callask;
create policy callask_own on duty_callask
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref())
         or exists (select 1 from duty_callout c where c.id = call_id and duty_plans(c.county_code)))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref())
         or exists (select 1 from duty_callout c where c.id = call_id and duty_plans(c.county_code)));

-- A calendar address is its owner's. Whoever presents the secret is told whose shifts it shows, no more.
alter table duty_feed enable row level security;
drop policy if exists feed_own on duty_feed;
create policy feed_own on duty_feed
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref()))
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref()));
create or replace function duty_feed_of(asked bytea) returns uuid
language sql stable security definer set search_path = public, pg_temp as
  $$ select practitioner_id from duty_feed where digest = asked and revoked_at is null $$;

-- The history of posts and of who stood where is read by all staff; that of a person by who plans.
drop policy if exists entry_of_duty on trail_entry;
create policy entry_of_duty on trail_entry for select
  using ((about in ('post', 'ferry', 'shift') and yike_kind() = 'staff')
         or (about in ('roster', 'duty_person') and yike_kind() = 'staff' and duty_plans(region_code)));
