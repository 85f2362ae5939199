-- Who sees which row of people. Staff see who works in their institution or county (names for lists
-- and for handing over); administrators see all accounts; nobody but the house sees a party here:
-- the room of matters shows the parties of the matters one sees.
-- "own": the signed-in person, or a person being looked up by id before an actor is made of them.
-- "claim": a visitor at the sign-in form, told the user name (claim_ref) and its index (claim_key).

alter table people_account enable row level security;
drop policy if exists account_seen on people_account;
create policy account_seen on people_account for select using (
  yike_kind() = 'system'
  or (yike_kind() = 'visitor' and username = yike_claim_ref())
  or (yike_kind() = 'staff' and (
    id::text = yike_ref()
    or yike_has('admin_system') or yike_has('admin_security')
    or exists (select 1 from people_grant g where g.account_id = people_account.id)
  ))
);
drop policy if exists account_opened on people_account;
create policy account_opened on people_account for insert
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_system')));
drop policy if exists account_altered on people_account;
create policy account_altered on people_account for update
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_system')));
drop policy if exists account_cleared on people_account;
create policy account_cleared on people_account for delete using (yike_kind() = 'system' and demo);

alter table people_grant enable row level security;
drop policy if exists grant_seen on people_grant;
create policy grant_seen on people_grant for select using (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and (
    account_id::text = yike_ref()
    or yike_has('admin_system') or yike_has('admin_security')
    or (org is not null and org::text = yike_org())
    or (yike_from() <> '' and region_code >= yike_from() and region_code < yike_until())
    or (yike_from() <> '' and region_code >= left(yike_from(), 6)
        and region_code < left(yike_from(), 6) || ':')
  ))
);
-- Nobody gives or takes a role of their own, whatever the application thinks.
drop policy if exists grant_given on people_grant;
create policy grant_given on people_grant for insert with check (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and yike_has('admin_security') and account_id::text <> yike_ref())
);
drop policy if exists grant_taken on people_grant;
create policy grant_taken on people_grant for update using (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and yike_has('admin_security') and account_id::text <> yike_ref())
);
drop policy if exists grant_cleared on people_grant;
create policy grant_cleared on people_grant for delete using (yike_kind() = 'system');

-- A broken glass is opened and ended by its holder, who cannot touch its review, and reviewed by security.
alter table people_emergency enable row level security;
drop policy if exists emergency_seen on people_emergency;
create policy emergency_seen on people_emergency for select using (
  yike_kind() = 'system' or (yike_kind() = 'staff' and (
    account_id::text = yike_ref() or yike_has('admin_security') or yike_has('auditor'))));
drop policy if exists emergency_opened on people_emergency;
create policy emergency_opened on people_emergency for insert with check (
  yike_kind() = 'staff' and account_id::text = yike_ref() and reviewed_at is null
  and (yike_has('agent') or yike_has('dispatcher') or yike_has('director')));
drop policy if exists emergency_settled on people_emergency;
create policy emergency_settled on people_emergency for update using (
  yike_kind() = 'staff' and (
    (account_id::text = yike_ref() and reviewed_at is null) or yike_has('admin_security')))
  with check (yike_kind() = 'staff' and (
    (account_id::text = yike_ref() and reviewed_at is null)
    or (yike_has('admin_security') and account_id::text <> yike_ref())));

alter table people_secret enable row level security;
drop policy if exists secret_used on people_secret;
create policy secret_used on people_secret for all using (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and (
    account_id::text = yike_ref() or yike_has('admin_system') or yike_has('admin_security')))
  or (yike_kind() = 'visitor' and yike_claim_ref() <> '' and exists (
    select 1 from people_account a
    where a.id = people_secret.account_id and a.username = yike_claim_ref()))
) with check (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and (
    account_id::text = yike_ref() or yike_has('admin_system') or yike_has('admin_security')))
);

alter table people_attempt enable row level security;
drop policy if exists attempt_counted on people_attempt;
create policy attempt_counted on people_attempt for all using (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and yike_has('admin_system'))
  or (yike_kind() = 'visitor' and who = yike_claim_key())
);

alter table people_accountsession enable row level security;
drop policy if exists session_own on people_accountsession;
create policy session_own on people_accountsession for all using (
  yike_kind() = 'system' or (yike_kind() = 'staff' and account_id::text = yike_ref())
);

alter table people_apikey enable row level security;
drop policy if exists api_key_seen on people_apikey;
create policy api_key_seen on people_apikey for select using (
  yike_kind() = 'system'
  or (yike_kind() = 'staff' and (yike_has('admin_system') or yike_has('admin_security')))
  or (yike_kind() = 'visitor' and prefix = yike_claim_ref())
  or (yike_kind() = 'peer' and id::text = yike_ref())
);
drop policy if exists api_key_made on people_apikey;
create policy api_key_made on people_apikey for insert
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists api_key_altered on people_apikey;
create policy api_key_altered on people_apikey for update
  using (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('admin_security')));
drop policy if exists api_key_cleared on people_apikey;
create policy api_key_cleared on people_apikey for delete using (yike_kind() = 'system');

-- Which devices hold a certificate is no secret among staff; security alone makes and revokes them.
alter table people_device enable row level security;
drop policy if exists device_seen on people_device;
create policy device_seen on people_device for select using (yike_kind() in ('staff', 'system'));
drop policy if exists device_made on people_device;
create policy device_made on people_device for insert
  with check (yike_kind() = 'staff' and yike_has('admin_security'));
drop policy if exists device_revoked on people_device;
create policy device_revoked on people_device for update
  using (yike_kind() = 'staff' and yike_has('admin_security'));

-- Anybody who acts may tell who they are; reading it back needs a matter (rows.sql of matters).
alter table people_party enable row level security;
drop policy if exists party_told on people_party;
create policy party_told on people_party for insert with check (yike_kind() <> '');
drop policy if exists party_of_the_house on people_party;
create policy party_of_the_house on people_party for select using (yike_kind() = 'system');
drop policy if exists party_resealed on people_party;
create policy party_resealed on people_party for update using (yike_kind() = 'system');
drop policy if exists party_cleared on people_party;
create policy party_cleared on people_party for delete using (yike_kind() = 'system');

-- Who presents a key is told what it is good for: the door asks before it knows who knocks. The row is worth
-- nothing without the secret whose digest it holds.
create or replace function people_apikey_of(asked text, at timestamptz) returns setof people_apikey
  language sql stable security definer set search_path = public, pg_temp as $$
  select * from people_apikey
  where prefix = asked and active and active_from <= at and (active_until is null or active_until > at)
$$;
revoke all on function people_apikey_of(text, timestamptz) from public;
