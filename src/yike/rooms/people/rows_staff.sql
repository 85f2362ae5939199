-- Routing asks on behalf of citizens whether an institution is staffed, and learns only that: from when until when
-- somebody active may take orders there. Each process keeps the answer until a grant changes, or whether an account
-- is active; a sign-in changes neither.
drop function if exists people_staffed(uuid[], timestamptz);
create or replace function people_staffed(wanted uuid[])
  returns table (org uuid, since timestamptz, until timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct g.org, g.active_from, g.active_until
  from people_grant g join people_account a on a.id = g.account_id
  where g.org = any(wanted) and a.active
    and g.role in ('clerk', 'officer', 'dispatcher', 'practitioner')
$$;
revoke all on function people_staffed(uuid[]) from public;
select guard_watch('staff', 'people_grant');
drop trigger if exists edition_moves on people_account;
create trigger edition_moves after insert or delete or truncate or update of active on people_account
  for each statement execute function guard_edition_moves('staff');
