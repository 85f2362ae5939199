-- Who checked in where is seen by that person and by who answers for the post's region: dispatcher, director,
-- and the officer of the town. Rules are read by all staff. Secrets are opened by the house; the person on
-- duty may check a code of their own post, nobody reads one.
create or replace function duty_leads(region text) returns boolean language sql stable as
  $$ select yike_kind() = 'system'
            or (yike_kind() = 'staff' and (yike_has('dispatcher') or yike_has('director') or yike_has('officer'))
                and region >= yike_from() and region < yike_until()) $$;
-- Does this account stand, or did it stand, in a shift at this post? Asked past row security of shifts.
create or replace function duty_serves(which uuid, who text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select who <> '' and exists (
       select 1 from duty_shift s where s.post_id = which and s.public and s.account_id::text = who) $$;

alter table duty_checkrule enable row level security;
drop policy if exists checkrule_seen on duty_checkrule;
create policy checkrule_seen on duty_checkrule for select using (yike_kind() in ('staff', 'system'));
drop policy if exists checkrule_made on duty_checkrule;
create policy checkrule_made on duty_checkrule for insert with check (duty_plans(county_code));

alter table duty_postcode enable row level security;
drop policy if exists postcode_used on duty_postcode;
create policy postcode_used on duty_postcode
  using (yike_kind() = 'system'
         or (yike_kind() = 'staff' and duty_serves(post_id, yike_ref()))
         or exists (select 1 from duty_post p where p.id = post_id and duty_leads(p.region_code)))
  with check (exists (select 1 from duty_post p where p.id = post_id and duty_leads(p.region_code)));

alter table duty_checkkey enable row level security;
drop policy if exists checkkey_own on duty_checkkey;
create policy checkkey_own on duty_checkkey
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref()))
  with check (yike_kind() = 'system'
              or (yike_kind() = 'staff' and account_id::text = yike_ref() and duty_stands(shift_id, yike_ref())));

alter table duty_checkin enable row level security;
drop policy if exists checkin_seen on duty_checkin;
create policy checkin_seen on duty_checkin for select
  using (duty_leads(region_code) or (yike_kind() = 'staff' and account_id::text = yike_ref()));
drop policy if exists checkin_made on duty_checkin;
create policy checkin_made on duty_checkin for insert
  with check (duty_leads(region_code)
              or (yike_kind() = 'staff' and account_id::text = yike_ref() and duty_stands(shift_id, yike_ref())
                  and state in ('accepted', 'asked', 'refused')));
-- One's own may be replaced by a better one; judging is for others.
drop policy if exists checkin_moved on duty_checkin;
create policy checkin_moved on duty_checkin for update
  using (duty_leads(region_code) or (yike_kind() = 'staff' and account_id::text = yike_ref() and state = 'asked'))
  with check (yike_kind() = 'system'
              or (duty_leads(region_code) and account_id::text is distinct from yike_ref())
              or (yike_kind() = 'staff' and account_id::text = yike_ref() and state in ('asked', 'replaced')));
-- Has this phone checked somebody else in since then? Says yes or no, past row security, and never whom.
create or replace function duty_phone_shared(phone text, who text, since timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as
  $$ select exists (select 1 from duty_checkin c where c.device = phone and phone <> ''
                    and c.account_id::text <> who and c.received_at >= since) $$;

-- Whoever confirms a check-in lets it have its effect on the shift, and on the call for a substitute.
drop policy if exists shift_led on duty_shift;
create policy shift_led on duty_shift for update
  using (public and exists (select 1 from duty_post p where p.id = post_id and duty_leads(p.region_code)))
  with check (public);
drop policy if exists callout_led on duty_callout;
create policy callout_led on duty_callout
  using (exists (select 1 from duty_shift s join duty_post p on p.id = s.post_id
                 where s.id = shift_id and duty_leads(p.region_code)))
  with check (state = 'came');

alter table duty_checkmiss enable row level security;
drop policy if exists checkmiss_seen on duty_checkmiss;
create policy checkmiss_seen on duty_checkmiss for select
  using (duty_leads(region_code) or (yike_kind() = 'staff' and duty_stands(shift_id, yike_ref())));
drop policy if exists checkmiss_written on duty_checkmiss;
create policy checkmiss_written on duty_checkmiss using (yike_kind() = 'system') with check (yike_kind() = 'system');

alter table duty_makeup enable row level security;
drop policy if exists makeup_seen on duty_makeup;
create policy makeup_seen on duty_makeup for select
  using (duty_plans(region_code) or (yike_kind() = 'staff' and account_id::text = yike_ref()));
drop policy if exists makeup_asked on duty_makeup;
create policy makeup_asked on duty_makeup for insert
  with check (yike_kind() = 'system'
              or (yike_kind() = 'staff' and account_id::text = yike_ref() and state = 'asked'
                  and duty_stands(shift_id, yike_ref())));
drop policy if exists makeup_moved on duty_makeup;
create policy makeup_moved on duty_makeup for update
  using (duty_plans(region_code) or (yike_kind() = 'staff' and account_id::text = yike_ref()))
  with check (yike_kind() = 'system'
              or (duty_plans(region_code) and account_id::text is distinct from yike_ref())
              or (yike_kind() = 'staff' and account_id::text = yike_ref() and state in ('asked', 'withdrawn')));

-- Evidence of a make-up request is opened by whoever may see the request.
drop policy if exists file_of_makeup on files_file;
create policy file_of_makeup on files_file for select
  using (about = 'makeup' and exists (select 1 from duty_makeup m where m.id::text = subject));

-- What happened to a check-in is read by whoever may see it.
drop policy if exists entry_of_checkin on trail_entry;
create policy entry_of_checkin on trail_entry for select
  using (about = 'checkin' and exists (select 1 from duty_checkin c where c.id::text = subject));
drop policy if exists entry_of_makeup on trail_entry;
create policy entry_of_makeup on trail_entry for select
  using (about = 'makeup' and exists (select 1 from duty_makeup m where m.id::text = subject));
drop policy if exists entry_of_checkrule on trail_entry;
create policy entry_of_checkrule on trail_entry for select
  using (about = 'checkrule' and yike_kind() = 'staff');
