-- What the application's role may do: everything with rows that row security shows it, nothing with
-- tables. Run after every migration, as the owner.
grant usage on schema public to yike_app;
grant select, insert, update, delete on all tables in schema public to yike_app;
grant usage, select on all sequences in schema public to yike_app;
grant execute on all functions in schema public to yike_app;
-- History is appended, never altered or removed.
revoke update, delete, truncate on trail_entry, trail_seal from yike_app;
