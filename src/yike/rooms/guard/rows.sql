-- The words that every room's policies use. `stable` and one statement each, so that they are inlined.
create or replace function yike_kind() returns text language sql stable as
  $$ select coalesce(current_setting('yike.kind', true), '') $$;
create or replace function yike_ref() returns text language sql stable as
  $$ select coalesce(current_setting('yike.ref', true), '') $$;
create or replace function yike_org() returns text language sql stable as
  $$ select coalesce(current_setting('yike.org', true), '') $$;
create or replace function yike_from() returns text language sql stable as
  $$ select coalesce(current_setting('yike.region_from', true), '') $$;
create or replace function yike_until() returns text language sql stable as
  $$ select coalesce(current_setting('yike.region_until', true), '') $$;
create or replace function yike_level() returns integer language sql stable as
  $$ select coalesce(nullif(current_setting('yike.level', true), ''), '0')::integer $$;
create or replace function yike_has(role text) returns boolean language sql stable as
  $$ select position(',' || role || ',' in coalesce(current_setting('yike.roles', true), '')) > 0 $$;
create or replace function yike_claim_ref() returns text language sql stable as
  $$ select coalesce(current_setting('yike.claim_ref', true), '') $$;
create or replace function yike_claim_key() returns text language sql stable as
  $$ select coalesce(current_setting('yike.claim_key', true), '') $$;
-- Who keeps the registers at all, and who keeps what stands in a region: the house, and dispatchers and
-- directors of that region (providers/access.py says the same in Python).
create or replace function yike_keeper() returns boolean language sql stable as
  $$ select yike_kind() = 'system'
            or (yike_kind() = 'staff' and (yike_has('dispatcher') or yike_has('director'))) $$;
create or replace function yike_keeps(region text) returns boolean language sql stable as
  $$ select yike_kind() = 'system'
            or (yike_keeper() and yike_from() <> '' and region collate "C" >= yike_from()
                and region collate "C" < yike_until()) $$;
-- Calendars and promises are one for all offices: kept by those of the whole county, not by a town.
create or replace function yike_keeps_county() returns boolean language sql stable as
  $$ select yike_kind() = 'system' or (yike_keeper() and yike_from() ~ '0{6}$') $$;

-- open: django_migrations: which migrations ran
-- open: django_session: random keys, sealed by Django; holds an account id and no personal data
-- open: procrastinate_jobs: ids of things to do
-- open: procrastinate_events: history of jobs
-- open: procrastinate_periodic_defers: history of jobs
-- open: procrastinate_workers: which workers live
-- Entries are appended by anybody, read by auditors and by whoever sees what they are about
-- (rooms add a policy for their own subjects), altered and removed by nobody.
alter table trail_entry enable row level security;
drop policy if exists entry_written on trail_entry;
create policy entry_written on trail_entry for insert with check (true);
drop policy if exists entry_audited on trail_entry;
create policy entry_audited on trail_entry for select
  using (yike_kind() = 'system' or yike_has('auditor')
         or (actor_ref <> '' and actor_ref = yike_ref() and yike_kind() = 'staff'));
alter table trail_seal enable row level security;
drop policy if exists seal_made on trail_seal;
create policy seal_made on trail_seal for insert with check (yike_kind() = 'system');
drop policy if exists seal_read on trail_seal;
create policy seal_read on trail_seal for select using (yike_kind() = 'system' or yike_has('auditor'));
alter table trail_barrier enable row level security;
drop policy if exists barrier_of_house on trail_barrier;
create policy barrier_of_house on trail_barrier using (yike_kind() = 'system');

-- open: guard_limit: counters under keyed hashes; no personal data
-- Unlogged: after a crash every allowance is whole again, and counting costs no disk.
create unlogged table if not exists guard_limit (
  what text not null,
  who text not null,
  full_at timestamptz not null,
  refused boolean not null default false,
  primary key (what, who)
);
create index if not exists guard_limit_full on guard_limit (full_at);

-- The state that reference data is in: a mark that never comes back, set anew by every change (editions.py).
-- `xid` tells a transaction its own unfinished change. Only the trigger writes here.
create table if not exists guard_edition (
  family text primary key,
  mark uuid not null default gen_random_uuid(),
  xid xid8 not null default pg_current_xact_id()
);
alter table guard_edition enable row level security;
drop policy if exists edition_seen on guard_edition;
create policy edition_seen on guard_edition for select using (true);
create or replace function guard_edition_moves() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update guard_edition set mark = gen_random_uuid(), xid = pg_current_xact_id() where family = tg_argv[0];
  raise notice 'yike edition %', tg_argv[0];
  return null;
end $$;
-- A room calls this for each table whose rows its queries keep in memory.
create or replace function guard_watch(family text, kept regclass) returns void language plpgsql as $$
begin
  insert into guard_edition (family) values (guard_watch.family) on conflict do nothing;
  execute format('drop trigger if exists edition_moves on %s', kept);
  execute format('create trigger edition_moves after insert or update or delete or truncate on %s
    for each statement execute function guard_edition_moves(%L)', kept, guard_watch.family);
end $$;
