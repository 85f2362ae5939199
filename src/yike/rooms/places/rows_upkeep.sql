-- How places are kept is public; registrars of the region write it. Officers of the region bring photos,
-- look at signs and confirm facts; what goes onto the map and what a code leads to is the registrars'.
create or replace function places_tends(region text) returns boolean language sql stable as $$
  select yike_keeps(region) or (yike_kind() = 'staff' and yike_has('officer') and yike_from() <> ''
         and region collate "C" >= yike_from() and region collate "C" < yike_until()) $$;
do $$
declare
  one text;
  kept text;
begin
  foreach one in array
    array['upkeep', 'photo', 'signcheck', 'publicsite', 'qrcode', 'qrplace', 'qrday']
  loop
    kept := case
      when one in ('upkeep', 'photo') then 'places_tends(region_id)'
      when one = 'signcheck' then
        'exists (select 1 from places_sign s where s.id = sign_id and places_tends(s.region_id))'
      when one = 'qrplace' then
        'exists (select 1 from places_qrcode c where c.id = code_id and yike_keeps(c.region_id))'
      when one = 'qrday' then 'yike_kind() = ''system'''
      else 'yike_keeps(region_id)' end;
    execute format('alter table places_%s enable row level security', one);
    execute format('drop policy if exists %s_seen on places_%s', one, one);
    execute format('create policy %s_seen on places_%s for select using (%s)', one, one,
                   case when one = 'photo' then 'status = ''good'' or yike_kind() in (''staff'', ''system'')'
                        when one = 'qrday' then 'yike_kind() in (''staff'', ''system'')' else 'true' end);
    execute format('drop policy if exists %s_added on places_%s', one, one);
    execute format('create policy %s_added on places_%s for insert with check (%s)', one, one, kept);
    execute format('drop policy if exists %s_changed on places_%s', one, one);
    if one <> 'signcheck' then  -- what was seen stays
      execute format('create policy %s_changed on places_%s for update using (%s) with check (%s)', one, one, kept, kept);
    end if;
  end loop;
end $$;
-- A scan: whoever comes is counted, by nothing but the day, and is told the registered target. One step, so
-- that a visitor needs no right to write. Nothing for a code that ended or has no target.
create or replace function places_scan(asked text, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found places_qrcode;
begin
  select * into found from places_qrcode
    where slug = asked and ended_on is null and target <> '';
  if not found.id is null then
    insert into places_qrday (code_id, day, scans) values (found.id, today, 1)
      on conflict (code_id, day) do update set scans = places_qrday.scans + 1;
  end if;
  return coalesce(found.target, '');
end $$;
-- Photos and pictures of codes: whoever sees the photo's entry, or the code.
drop policy if exists file_of_photo on files_file;
create policy file_of_photo on files_file for select
  using (about = 'photo' and exists (select 1 from places_photo p where p.id::text = files_file.subject));
drop policy if exists file_of_qrcode on files_file;
create policy file_of_qrcode on files_file for select
  using (about = 'qrcode' and exists (select 1 from places_qrcode c where c.id::text = files_file.subject));
drop policy if exists entry_of_upkeep on trail_entry;
create policy entry_of_upkeep on trail_entry for select
  using (about in ('public_site', 'qrcode') and yike_kind() = 'staff');
