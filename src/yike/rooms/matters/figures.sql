-- What came and what was answered, by day: of the region and up to the secrecy level that whoever acts answers for,
-- and of nothing else. Both lines are read from their index alone; through row security every row of two weeks
-- would be fetched, for columns that say nothing here.
create or replace function matters_days(since timestamptz, until timestamptz)
  returns table (began timestamptz, answered boolean, demands bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select date_bin('1 day', opened_at, since), false, count(*) from matters_matter
  where opened_at >= since and opened_at < until and parent_id is null
    and ((select yike_kind()) = 'system'
         or ((select yike_kind()) = 'staff' and (select yike_from()) <> '' and region_code >= (select yike_from())
             and region_code < (select yike_until()) and level <= (select yike_level())))
  group by 1
  union all
  select date_bin('1 day', answered_at, since), true, count(*) from matters_matter
  where answered_at >= since and answered_at < until and parent_id is null
    and ((select yike_kind()) = 'system'
         or ((select yike_kind()) = 'staff' and (select yike_from()) <> '' and region_code >= (select yike_from())
             and region_code < (select yike_until()) and level <= (select yike_level())))
  group by 1
$$;
revoke all on function matters_days(timestamptz, timestamptz) from public;
