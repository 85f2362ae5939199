-- What the application's role may do: everything with rows that row security shows it, nothing with
-- tables. Run after every migration, as the owner.
grant usage on schema public to yike_app;
grant select, insert, update, delete on all tables in schema public to yike_app;
grant usage, select on all sequences in schema public to yike_app;
grant execute on all functions in schema public to yike_app;
-- History is appended, never altered or removed.
revoke update, delete, truncate on trail_entry, trail_seal from yike_app;
-- Nobody makes tables where names are looked up first, and a function that acts as the owner looks in the
-- public schema before a session's own temporary one.
revoke create on schema public from public;
do $$
declare one record;
begin
  for one in select p.oid::regprocedure as called from pg_proc p
             where p.pronamespace = 'public'::regnamespace and p.prosecdef
               and pg_has_role(current_user, p.proowner, 'usage')
  loop
    execute format('alter function %s set search_path = public, pg_temp', one.called);
  end loop;
end $$;
